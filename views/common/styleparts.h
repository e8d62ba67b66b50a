// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/common/theme.h"

#include <QStyleOption>

class QPainter;

namespace fd::part {

/// The option of a control whose kind says its type.
template<typename Option>
const Option &as(const QStyleOption *option)
{
    return *static_cast<const Option *>(option);
}

/// The painted parts of FlowdeckStyle, one function per control.

void pushButtonBevel(QPainter &painter, const QStyleOptionButton &option, const QWidget *widget);
void pushButtonLabel(QPainter &painter, const QStyleOptionButton &option, const QWidget *widget);
void checkBox(QPainter &painter, const QStyleOptionButton &option, const QWidget *widget);
void radioButton(QPainter &painter, const QStyleOptionButton &option, const QWidget *widget);
/// Ground and frame only; the label is the base style's.
void toolButton(QPainter &painter, const QStyleOptionToolButton &option, const QWidget *widget);
void tabShape(QPainter &painter, const QStyleOptionTab &option);
void tabLabel(QPainter &painter, const QStyleOptionTab &option);

void field(QPainter &painter, const QStyleOption &option, const QWidget *widget);
void comboBox(QPainter &painter, const QStyleOptionComboBox &option, const QWidget *widget);
void comboLabel(QPainter &painter, const QStyleOptionComboBox &option);
void spinBox(
    QPainter &painter, const QStyleOptionSpinBox &option, const QRect &up, const QRect &down, const QWidget *widget);
void scrollBar(QPainter &painter, const QStyleOptionSlider &option, const QRect &slider);
void progressBar(QPainter &painter, const QStyleOptionProgressBar &option);
void focusFrame(QPainter &painter, const QRect &rect, const Theme &theme);

void menuPanel(QPainter &painter, const QStyleOption &option);
void menuItem(QPainter &painter, const QStyleOptionMenuItem &option);
void menuBarItem(QPainter &painter, const QStyleOptionMenuItem &option);
void tipPanel(QPainter &painter, const QStyleOption &option);
/// The size of a menu item whose text part is `content` wide.
[[nodiscard]] QSize menuItemSize(const QStyleOptionMenuItem &option, int contentWidth);

/// Dynamic properties that choose a part's look.
inline constexpr const char *kRoleProperty = "fdRole";
inline constexpr const char *kInvalidProperty = "fdInvalid";
inline constexpr const char *kSwitchProperty = "fdSwitch";
inline constexpr const char *kSegmentProperty = "fdSegment";

/// Room left and right of a push button's content.
inline constexpr int kButtonPadding = 12;
/// Room for a combo's or menu button's chevron.
inline constexpr int kChevronRoom = 24;

} // namespace fd::part
