// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/styleparts.h"

#include "views/common/glyphs.h"

#include <QPainter>

namespace fd::part {
namespace {

constexpr int kSeparator = 9;
/// Where text starts: after the column of icons and check marks.
constexpr int kTextLeft = 36;
constexpr int kItemPadding = 12;

void menuMark(QPainter &painter, const QStyleOptionMenuItem &option, const Theme &theme)
{
    const QRect &r = option.rect;
    const QRect place(r.left() + kItemPadding, r.center().y() - metrics::kMark / 2 + 1, metrics::kMark, metrics::kMark);
    const QRect mark = QStyle::visualRect(option.direction, r, place);
    const bool enabled = option.state.testFlag(QStyle::State_Enabled);
    if (option.checkType == QStyleOptionMenuItem::NonExclusive)
        glyph::checkBox(painter, mark, option.checked ? Qt::Checked : Qt::Unchecked, enabled, theme);
    else if (option.checkType == QStyleOptionMenuItem::Exclusive)
        glyph::radioButton(painter, mark, option.checked, enabled, theme);
    else if (!option.icon.isNull())
        option.icon.paint(&painter, mark, Qt::AlignCenter, enabled ? QIcon::Normal : QIcon::Disabled);
}

} // namespace

QSize menuItemSize(const QStyleOptionMenuItem &option, int contentWidth)
{
    if (option.menuItemType == QStyleOptionMenuItem::Separator)
        return {contentWidth, kSeparator};
    const int shortcutGap = option.text.contains(u'\t') ? metrics::kSection : 0;
    return {kTextLeft + contentWidth + shortcutGap + kChevronRoom, metrics::atLeast(metrics::kControl, option.font, 8)};
}

void menuPanel(QPainter &painter, const QStyleOption &option)
{
    const Theme &theme = Theme::of(option.palette);
    painter.fillRect(option.rect, theme.raised);
    glyph::box(painter, option.rect, metrics::kCardRadius, theme.raised, theme.frame);
}

void menuItem(QPainter &painter, const QStyleOptionMenuItem &option)
{
    const Theme &theme = Theme::of(option.palette);
    const QRect &r = option.rect;
    if (option.menuItemType == QStyleOptionMenuItem::Separator) {
        painter.fillRect(r.left(), r.center().y(), r.width(), 1, theme.line);
        return;
    }
    const bool enabled = option.state.testFlag(QStyle::State_Enabled);
    if (option.state & QStyle::State_Selected && enabled)
        glyph::box(painter, r, metrics::kRadius, theme.selection, theme.highContrast ? theme.accent : QColor());
    menuMark(painter, option, theme);

    const QString text = option.text.section(u'\t', 0, 0);
    const QString shortcut = option.text.section(u'\t', 1);
    const auto flags = [&option](Qt::Alignment alignment) {
        return static_cast<int>(QStyle::visualAlignment(option.direction, alignment)) | Qt::AlignVCenter
            | Qt::TextShowMnemonic | Qt::TextSingleLine;
    };
    const QRect area = QStyle::visualRect(option.direction, r, r.adjusted(kTextLeft, 0, -kItemPadding, 0));
    painter.setFont(option.font);
    painter.setPen(enabled ? theme.text : theme.off);
    painter.drawText(area, flags(Qt::AlignLeft), text);
    painter.setPen(enabled ? theme.text2 : theme.off);
    painter.drawText(area, flags(Qt::AlignRight), shortcut);
    if (option.menuItemType == QStyleOptionMenuItem::SubMenu) {
        const QRect arrow(r.right() - kChevronRoom, r.top(), kChevronRoom, r.height());
        const auto direction = option.direction == Qt::RightToLeft ? Qt::LeftArrow : Qt::RightArrow;
        glyph::chevron(painter, QStyle::visualRect(option.direction, r, arrow), direction, theme.text2);
    }
}

void menuBarItem(QPainter &painter, const QStyleOptionMenuItem &option)
{
    const Theme &theme = Theme::of(option.palette);
    painter.fillRect(option.rect, theme.window);
    if (option.state & QStyle::State_Selected)
        glyph::box(painter, option.rect.adjusted(0, 2, 0, -2), metrics::kRadius, theme.sunken, {});
    painter.setPen(option.state & QStyle::State_Enabled ? theme.text : theme.off);
    painter.drawText(option.rect, Qt::AlignCenter | Qt::TextShowMnemonic | Qt::TextSingleLine, option.text);
}

void tipPanel(QPainter &painter, const QStyleOption &option)
{
    const Theme &theme = Theme::of(option.palette);
    painter.fillRect(option.rect, theme.card);
}

} // namespace fd::part
