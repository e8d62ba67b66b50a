// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/countchip.h"

#include "views/common/format.h"
#include "views/common/glyphs.h"
#include "views/common/statemark.h"

#include <QPainter>

namespace fd {

CountChip::CountChip(StateType type, const QString &name, QWidget *parent)
    : QAbstractButton(parent), m_type(type), m_name(name)
{
    setCheckable(true);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void CountChip::setCount(qint64 count)
{
    setText(format::count(count));
    setToolTip(tr("%1: %2", "state, count").arg(stateWord(m_type, m_name), text()));
    setAccessibleName(toolTip());
    updateGeometry();
    update();
}

QSize CountChip::sizeHint() const
{
    const QFont font = roleFont(TextRole::Quiet);
    return {
        metrics::kGap + metrics::kMark + metrics::kStep + QFontMetrics(font).horizontalAdvance(text()) + metrics::kGap,
        metrics::atLeast(metrics::kDenseButton, font, 6)};
}

void CountChip::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(palette());
    QPainter painter(this);
    if (isChecked())
        glyph::box(painter, rect(), metrics::kRadius, theme.selection, theme.accent);
    else if (underMouse())
        glyph::box(painter, rect(), metrics::kRadius, theme.hover, {});
    if (hasFocus())
        glyph::box(painter, rect(), metrics::kRadius, {}, theme.accent, metrics::kFocusFrame);
    const QRect mark(metrics::kGap, 0, metrics::kMark, height());
    paintStateMark(painter, QStyle::visualRect(layoutDirection(), rect(), mark), m_type, m_name, theme);
    painter.setFont(roleFont(TextRole::Quiet));
    painter.setPen(theme.text);
    const QRect number = rect().adjusted(metrics::kGap + metrics::kMark + metrics::kStep, 0, 0, 0);
    painter.drawText(QStyle::visualRect(layoutDirection(), rect(), number),
        static_cast<int>(QStyle::visualAlignment(layoutDirection(), Qt::AlignLeft)) | Qt::AlignVCenter, text());
}

} // namespace fd
