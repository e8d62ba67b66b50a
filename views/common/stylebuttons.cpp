// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/styleparts.h"

#include "views/common/glyphs.h"
#include "views/common/style.h"

#include <QPainter>

namespace fd::part {
namespace {

struct ButtonColors {
    QColor fill, edge, text;
};

bool isFilled(ButtonRole role) { return role == ButtonRole::Primary || role == ButtonRole::Destructive; }

QColor filledColor(ButtonRole role, const Theme &theme, QStyle::State state)
{
    const QColor &plain = role == ButtonRole::Primary ? theme.accent : theme.stripBad;
    if (state & QStyle::State_Sunken)
        return mixed(plain, theme.text, 0.16);
    return state & QStyle::State_MouseOver ? mixed(plain, theme.text, 0.08) : plain;
}

ButtonColors colorsOf(ButtonRole role, const Theme &theme, QStyle::State state)
{
    const bool bare = role == ButtonRole::Flat || role == ButtonRole::Link;
    if (!(state & QStyle::State_Enabled))
        return {bare ? QColor() : theme.sunken, bare ? QColor() : theme.line, theme.off};
    if (isFilled(role))
        return {filledColor(role, theme, state), {}, theme.onAccent};
    QColor fill = bare ? QColor() : theme.raised;
    if (state & (QStyle::State_Sunken | QStyle::State_On))
        fill = theme.sunken;
    else if (state & QStyle::State_MouseOver && role != ButtonRole::Link)
        fill = theme.hover;
    return {fill, bare ? QColor() : theme.frame, role == ButtonRole::Link ? theme.link : theme.text};
}

QIcon::Mode iconMode(QStyle::State state) { return state & QStyle::State_Enabled ? QIcon::Normal : QIcon::Disabled; }

/// The icon in the text's colour, for filled buttons: theme icons are made for plain grounds.
QPixmap iconPixmap(const QStyleOptionButton &option, const QColor &text, bool recolor, qreal ratio)
{
    QPixmap pixmap = option.icon.pixmap(option.iconSize, ratio, iconMode(option.state));
    if (recolor) {
        QPainter painter(&pixmap);
        painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
        painter.fillRect(QRect(QPoint(0, 0), option.iconSize), text);
    }
    return pixmap;
}

void segment(QPainter &painter, const QStyleOptionButton &option, const Theme &theme)
{
    const bool on = option.state.testFlag(QStyle::State_On);
    const QRect inner = option.rect.adjusted(2, 2, -2, -2);
    if (on)
        glyph::box(painter, inner, metrics::kRadius - 1, theme.raised, theme.frame);
    if (option.state & QStyle::State_HasFocus)
        focusFrame(painter, inner, theme);
    QFont font = painter.font();
    font.setBold(on);
    painter.setFont(font);
    painter.setPen(!(option.state & QStyle::State_Enabled) ? theme.off : on ? theme.text : theme.text2);
    painter.drawText(option.rect, Qt::AlignCenter | Qt::TextShowMnemonic, option.text);
}

/// Box and text of check boxes, switches and radio buttons; `draw` paints the box.
template<typename Draw>
void boxAndText(QPainter &painter, const QStyleOptionButton &option, int boxWidth, Draw draw)
{
    const Theme &theme = Theme::of(option.palette);
    const QRect &r = option.rect;
    const QRect box(r.left(), r.top() + (r.height() - metrics::kMark) / 2, boxWidth, metrics::kMark);
    const QRect text = r.adjusted(boxWidth + metrics::kGap, 0, 0, 0);
    const QRect visualBox = QStyle::visualRect(option.direction, r, box);
    draw(visualBox, theme);
    if (option.state & QStyle::State_HasFocus)
        focusFrame(painter, visualBox.adjusted(-3, -3, 3, 3).intersected(r), theme);
    painter.setPen(option.state & QStyle::State_Enabled ? theme.text : theme.off);
    painter.drawText(QStyle::visualRect(option.direction, r, text),
        static_cast<int>(QStyle::visualAlignment(option.direction, Qt::AlignLeft)) | Qt::AlignVCenter
            | Qt::TextShowMnemonic | Qt::TextSingleLine,
        option.text);
}

} // namespace

void pushButtonBevel(QPainter &painter, const QStyleOptionButton &option, const QWidget *widget)
{
    const Theme &theme = Theme::of(option.palette);
    const ButtonRole role = buttonRole(widget);
    const ButtonColors colors = colorsOf(role, theme, option.state);
    glyph::box(painter, option.rect, metrics::kRadius, colors.fill, colors.edge);
    if (!(option.state & QStyle::State_HasFocus))
        return;
    if (isFilled(role))
        glyph::box(painter, option.rect.adjusted(2, 2, -2, -2), metrics::kRadius - 2, {}, theme.onAccent, 1.5);
    else
        focusFrame(painter, option.rect, theme);
}

void pushButtonLabel(QPainter &painter, const QStyleOptionButton &option, const QWidget *widget)
{
    const Theme &theme = Theme::of(option.palette);
    const ButtonRole role = buttonRole(widget);
    const bool filled = isFilled(role);
    const ButtonColors colors = colorsOf(role, theme, option.state);
    QFont font = painter.font();
    font.setBold(filled || font.bold());
    painter.setFont(font);

    const bool menu = option.features & QStyleOptionButton::HasMenu;
    QRect area = option.rect;
    if (menu) {
        const QRect arrow(area.right() - kChevronRoom + 4, area.top(), metrics::kMark, area.height());
        glyph::chevron(painter, QStyle::visualRect(option.direction, option.rect, arrow), Qt::DownArrow, colors.text);
        area = QStyle::visualRect(option.direction, option.rect, area.adjusted(4, 0, -metrics::kMark - 4, 0));
    }
    const int text = painter.fontMetrics().size(Qt::TextShowMnemonic, option.text).width();
    const bool icon = !option.icon.isNull();
    const int iconRoom = icon ? option.iconSize.width() + (text > 0 ? metrics::kGap : 0) : 0;
    const QRect content(area.left() + (area.width() - text - iconRoom) / 2, area.top(), text + iconRoom, area.height());
    if (icon) {
        const QRect place(content.left(), content.top() + (content.height() - option.iconSize.height()) / 2,
            option.iconSize.width(), option.iconSize.height());
        painter.drawPixmap(QStyle::visualRect(option.direction, content, place).topLeft(),
            iconPixmap(option, colors.text, filled, painter.device()->devicePixelRatioF()));
    }
    painter.setPen(colors.text);
    const QRect textRect = QStyle::visualRect(option.direction, content, content.adjusted(iconRoom, 0, 1, 0));
    painter.drawText(textRect, Qt::AlignCenter | Qt::TextShowMnemonic | Qt::TextSingleLine, option.text);
}

void checkBox(QPainter &painter, const QStyleOptionButton &option, const QWidget *widget)
{
    const bool enabled = option.state.testFlag(QStyle::State_Enabled);
    const bool on = option.state.testFlag(QStyle::State_On);
    if (widget && widget->property(kSwitchProperty).toBool()) {
        boxAndText(painter, option, 28,
            [&](const QRect &box, const Theme &theme) { glyph::switchBox(painter, box, on, enabled, theme); });
        return;
    }
    const Qt::CheckState state = option.state & QStyle::State_NoChange ? Qt::PartiallyChecked
        : on                                                           ? Qt::Checked
                                                                       : Qt::Unchecked;
    boxAndText(painter, option, metrics::kMark,
        [&](const QRect &box, const Theme &theme) { glyph::checkBox(painter, box, state, enabled, theme); });
}

void radioButton(QPainter &painter, const QStyleOptionButton &option, const QWidget *widget)
{
    if (widget && widget->property(kSegmentProperty).toBool()) {
        segment(painter, option, Theme::of(option.palette));
        return;
    }
    boxAndText(painter, option, metrics::kMark, [&](const QRect &box, const Theme &theme) {
        glyph::radioButton(
            painter, box, option.state.testFlag(QStyle::State_On), option.state.testFlag(QStyle::State_Enabled), theme);
    });
}

void toolButton(QPainter &painter, const QStyleOptionToolButton &option, const QWidget *widget)
{
    const Theme &theme = Theme::of(option.palette);
    const bool bare = option.state.testFlag(QStyle::State_AutoRaise);
    if (option.state & QStyle::State_On && option.state & QStyle::State_Enabled) {
        glyph::box(painter, option.rect, metrics::kRadius, theme.selection, theme.accent);
    } else {
        const ButtonRole role = bare ? ButtonRole::Flat : buttonRole(widget);
        const ButtonColors colors = colorsOf(role, theme, option.state);
        glyph::box(painter, option.rect, metrics::kRadius, colors.fill, colors.edge);
    }
    if (option.state & QStyle::State_HasFocus)
        focusFrame(painter, option.rect, theme);
    const bool menu = option.features & QStyleOptionToolButton::HasMenu;
    if (menu && option.toolButtonStyle != Qt::ToolButtonIconOnly) {
        const QRect arrow(option.rect.right() - 20, option.rect.top(), metrics::kMark, option.rect.height());
        glyph::chevron(painter, QStyle::visualRect(option.direction, option.rect, arrow), Qt::DownArrow, theme.text2);
    }
}

void tabShape(QPainter &painter, const QStyleOptionTab &option)
{
    const Theme &theme = Theme::of(option.palette);
    if (!(option.state & QStyle::State_Selected))
        return;
    const QRect &r = option.rect;
    const QRect underline(r.left() + 8, r.bottom() - 1, r.width() - 16, 2);
    painter.fillRect(underline, theme.accent);
    if (option.state & QStyle::State_HasFocus)
        focusFrame(painter, r.adjusted(2, 4, -2, -4), theme);
}

void tabLabel(QPainter &painter, const QStyleOptionTab &option)
{
    const Theme &theme = Theme::of(option.palette);
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const bool strong = selected || option.state.testFlag(QStyle::State_MouseOver);
    const QColor &color = strong ? theme.text : theme.text2;
    QFont font = painter.font();
    font.setBold(selected);
    painter.setFont(font);
    painter.setPen(option.state & QStyle::State_Enabled ? color : theme.off);
    painter.drawText(option.rect, Qt::AlignCenter | Qt::TextShowMnemonic | Qt::TextSingleLine, option.text);
}

} // namespace fd::part
