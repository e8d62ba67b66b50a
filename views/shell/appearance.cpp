// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/shell/appearance.h"

#include "views/common/uimemory.h"

#include <QApplication>

#include <algorithm>

namespace fd {
namespace {

const QString kSchemeKey = QStringLiteral("appearance/scheme");
const QString kTextKey = QStringLiteral("appearance/text_step");

} // namespace

Appearance::Appearance(QApplication &application, UiMemory &memory, QObject *parent)
    : QObject(parent), m_application(application), m_memory(memory), m_systemFont(QApplication::font())
{
    const int scheme = memory.value(kSchemeKey).toInt();
    if (scheme >= static_cast<int>(Scheme::Follow) && scheme <= static_cast<int>(Scheme::Dark))
        m_scheme = static_cast<Scheme>(scheme);
    m_textStep = std::clamp(memory.value(kTextKey).toInt(), kSmallestStep, kLargestStep);
    applyScheme(application, m_scheme);
    if (m_textStep != 0)
        applyFont();
}

void Appearance::setScheme(Scheme scheme)
{
    if (scheme == m_scheme)
        return;
    m_scheme = scheme;
    m_memory.setValue(kSchemeKey, static_cast<int>(scheme));
    applyScheme(m_application, scheme);
    emit changed();
}

void Appearance::setTextStep(int step)
{
    step = std::clamp(step, kSmallestStep, kLargestStep);
    if (step == m_textStep)
        return;
    m_textStep = step;
    m_memory.setValue(kTextKey, step);
    applyFont();
    emit changed();
}

void Appearance::applyFont()
{
    QFont font = m_systemFont;
    const double factor = 1 + 0.1 * m_textStep;
    if (font.pointSizeF() > 0)
        font.setPointSizeF(m_systemFont.pointSizeF() * factor);
    else
        font.setPixelSize(std::max(1, qRound(m_systemFont.pixelSize() * factor)));
    QApplication::setFont(font);
}

} // namespace fd
