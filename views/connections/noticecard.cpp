// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/connections/noticecard.h"

#include "views/common/controls.h"
#include "views/common/glyphs.h"
#include "views/common/statemark.h"

#include <QEvent>
#include <QPainter>
#include <QVBoxLayout>

namespace fd {

NoticeCard::NoticeCard(QWidget *parent)
    : QWidget(parent), m_title(new TextLabel({}, TextRole::Strong)), m_text(new TextLabel({}, TextRole::Quiet))
{
    auto *column = new QVBoxLayout(this);
    const int indent = metrics::kWideGap + metrics::kMark + metrics::kGap;
    column->setContentsMargins(indent, metrics::kGap, metrics::kWideGap, metrics::kWideGap);
    column->setSpacing(metrics::kStep);
    for (TextLabel *label : {m_title, m_text}) {
        label->setWordWrap(true);
        column->addWidget(label);
    }
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
}

void NoticeCard::setNotice(Notice notice, const QString &title, const QString &text)
{
    m_notice = notice;
    m_title->setText(title);
    m_text->setText(text);
    m_text->setVisible(!text.isEmpty());
    setAccessibleName(title);
    setAccessibleDescription(text);
    applyColors();
    update();
}

QString NoticeCard::text() const { return m_title->text() + u'\n' + m_text->text(); }

void NoticeCard::applyColors()
{
    const Theme &theme = Theme::of(palette());
    QPalette colors = m_title->palette();
    colors.setColor(m_title->foregroundRole(), theme.textOn(m_notice));
    m_title->setPalette(colors);
}

void NoticeCard::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        applyColors();
}

void NoticeCard::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(palette());
    QPainter painter(this);
    const QColor edge = theme.highContrast ? theme.line : QColor();
    glyph::box(painter, rect(), metrics::kCardRadius, theme.ground(m_notice), edge);
    const QRect mark(metrics::kWideGap, metrics::kGap + 1, metrics::kMark, metrics::kMark);
    paintNoticeMark(painter, QStyle::visualRect(layoutDirection(), rect(), mark), m_notice, theme.textOn(m_notice));
}

} // namespace fd
