// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/style.h"

#include "views/common/glyphs.h"
#include "views/common/styleparts.h"

#include <QAbstractButton>
#include <QAbstractSpinBox>
#include <QComboBox>
#include <QLineEdit>
#include <QMenu>
#include <QPainter>
#include <QScrollBar>
#include <QTabBar>

namespace fd {
namespace {

bool wantsHover(const QWidget *widget)
{
    return qobject_cast<const QAbstractButton *>(widget) || qobject_cast<const QComboBox *>(widget)
        || qobject_cast<const QAbstractSpinBox *>(widget) || qobject_cast<const QLineEdit *>(widget)
        || qobject_cast<const QScrollBar *>(widget) || qobject_cast<const QTabBar *>(widget);
}

/// A copy whose selected text is text colour: the selection is a tint here.
QStyleOptionViewItem tinted(const QStyleOptionViewItem &option)
{
    QStyleOptionViewItem copy = option;
    const QColor &text = Theme::of(option.palette).text;
    copy.palette.setColor(QPalette::All, QPalette::HighlightedText, text);
    return copy;
}

} // namespace

void setButtonRole(QAbstractButton *button, ButtonRole role)
{
    button->setProperty(part::kRoleProperty, static_cast<int>(role));
    button->update();
}

ButtonRole buttonRole(const QWidget *button)
{
    return button ? static_cast<ButtonRole>(button->property(part::kRoleProperty).toInt()) : ButtonRole::Plain;
}

void setInvalid(QWidget *field, bool invalid)
{
    field->setProperty(part::kInvalidProperty, invalid);
    field->update();
}

FlowdeckStyle::FlowdeckStyle() : QProxyStyle(QStringLiteral("Fusion")) { }

void FlowdeckStyle::polish(QWidget *widget)
{
    QProxyStyle::polish(widget);
    if (wantsHover(widget))
        widget->setAttribute(Qt::WA_Hover);
    if (auto *tabs = qobject_cast<QTabBar *>(widget))
        tabs->setExpanding(false);
}

void FlowdeckStyle::drawPrimitive(
    PrimitiveElement element, const QStyleOption *option, QPainter *painter, const QWidget *widget) const
{
    const Theme &theme = Theme::of(option->palette);
    const bool enabled = option->state.testFlag(State_Enabled);
    switch (element) {
    case PE_PanelLineEdit:
        // Inside combos and spin boxes the box is theirs.
        if (part::as<QStyleOptionFrame>(option).lineWidth > 0)
            part::field(*painter, *option, widget);
        return;
    case PE_FrameLineEdit:
    case PE_FrameStatusBarItem:
    case PE_FrameTabWidget:
    case PE_FrameMenu:
    case PE_PanelStatusBar:
    case PE_FrameWindow:
        return;
    case PE_FrameTabBarBase:
        painter->fillRect(QRect(option->rect.left(), option->rect.bottom(), option->rect.width(), 1), theme.line);
        return;
    case PE_FrameFocusRect:
        part::focusFrame(*painter, option->rect, theme);
        return;
    case PE_Frame:
        glyph::box(*painter, option->rect, metrics::kRadius, {}, theme.frame);
        return;
    case PE_PanelMenu:
        part::menuPanel(*painter, *option);
        return;
    case PE_PanelTipLabel:
        part::tipPanel(*painter, *option);
        return;
    case PE_PanelItemViewRow:
        return;
    case PE_PanelItemViewItem:
        if (option->state & State_Selected)
            painter->fillRect(option->rect, theme.selection);
        else if (option->state & State_MouseOver)
            painter->fillRect(option->rect, theme.hover);
        return;
    case PE_IndicatorCheckBox:
    case PE_IndicatorItemViewItemCheck: {
        const bool partial = option->state.testFlag(State_NoChange);
        const bool on = option->state.testFlag(State_On);
        glyph::checkBox(*painter, option->rect,
            partial  ? Qt::PartiallyChecked
                : on ? Qt::Checked
                     : Qt::Unchecked,
            enabled, theme);
        return;
    }
    case PE_IndicatorRadioButton:
        glyph::radioButton(*painter, option->rect, option->state.testFlag(State_On), enabled, theme);
        return;
    default:
        QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void FlowdeckStyle::drawControl(
    ControlElement element, const QStyleOption *option, QPainter *painter, const QWidget *widget) const
{
    const Theme &theme = Theme::of(option->palette);
    switch (element) {
    case CE_PushButtonBevel:
        return part::pushButtonBevel(*painter, part::as<QStyleOptionButton>(option), widget);
    case CE_PushButtonLabel:
        return part::pushButtonLabel(*painter, part::as<QStyleOptionButton>(option), widget);
    case CE_PushButton:
        part::pushButtonBevel(*painter, part::as<QStyleOptionButton>(option), widget);
        return part::pushButtonLabel(*painter, part::as<QStyleOptionButton>(option), widget);
    case CE_CheckBox:
        return part::checkBox(*painter, part::as<QStyleOptionButton>(option), widget);
    case CE_RadioButton:
        return part::radioButton(*painter, part::as<QStyleOptionButton>(option), widget);
    case CE_TabBarTabShape:
        return part::tabShape(*painter, part::as<QStyleOptionTab>(option));
    case CE_TabBarTabLabel:
        return part::tabLabel(*painter, part::as<QStyleOptionTab>(option));
    case CE_ComboBoxLabel:
        return part::comboLabel(*painter, part::as<QStyleOptionComboBox>(option));
    case CE_MenuItem:
        return part::menuItem(*painter, part::as<QStyleOptionMenuItem>(option));
    case CE_MenuBarItem:
        return part::menuBarItem(*painter, part::as<QStyleOptionMenuItem>(option));
    case CE_MenuBarEmptyArea:
        painter->fillRect(option->rect, theme.window);
        return;
    case CE_Splitter:
        if (option->state & State_Horizontal)
            painter->fillRect(option->rect.center().x(), option->rect.top(), 1, option->rect.height(), theme.line);
        else
            painter->fillRect(option->rect.left(), option->rect.center().y(), option->rect.width(), 1, theme.line);
        return;
    case CE_ProgressBar:
        return part::progressBar(*painter, part::as<QStyleOptionProgressBar>(option));
    case CE_ItemViewItem: {
        const QStyleOptionViewItem item = tinted(part::as<QStyleOptionViewItem>(option));
        return QProxyStyle::drawControl(element, &item, painter, widget);
    }
    default:
        QProxyStyle::drawControl(element, option, painter, widget);
    }
}

void FlowdeckStyle::drawComplexControl(
    ComplexControl control, const QStyleOptionComplex *option, QPainter *painter, const QWidget *widget) const
{
    switch (control) {
    case CC_ComboBox:
        return part::comboBox(*painter, part::as<QStyleOptionComboBox>(option), widget);
    case CC_SpinBox: {
        const QRect up = subControlRect(control, option, SC_SpinBoxUp, widget);
        const QRect down = subControlRect(control, option, SC_SpinBoxDown, widget);
        return part::spinBox(*painter, part::as<QStyleOptionSpinBox>(option), up, down, widget);
    }
    case CC_ScrollBar: {
        const QRect slider = subControlRect(control, option, SC_ScrollBarSlider, widget);
        return part::scrollBar(*painter, part::as<QStyleOptionSlider>(option), slider);
    }
    case CC_ToolButton: {
        const auto &button = part::as<QStyleOptionToolButton>(option);
        part::toolButton(*painter, button, widget);
        QStyleOptionToolButton label = button;
        if (button.features & QStyleOptionToolButton::HasMenu && button.toolButtonStyle != Qt::ToolButtonIconOnly)
            label.rect.adjust(0, 0, -metrics::kMark, 0);
        proxy()->drawControl(CE_ToolButtonLabel, &label, painter, widget);
        return;
    }
    default:
        QProxyStyle::drawComplexControl(control, option, painter, widget);
    }
}

} // namespace fd
