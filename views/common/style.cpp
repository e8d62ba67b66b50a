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
#include <QPainterPath>
#include <QScrollBar>
#include <QTabBar>

namespace fd {
namespace {

template<typename Option>
const Option &as(const QStyleOption *option)
{
    return *static_cast<const Option *>(option);
}

bool wantsHover(const QWidget *widget)
{
    return qobject_cast<const QAbstractButton *>(widget) || qobject_cast<const QComboBox *>(widget)
        || qobject_cast<const QAbstractSpinBox *>(widget) || qobject_cast<const QLineEdit *>(widget)
        || qobject_cast<const QScrollBar *>(widget) || qobject_cast<const QTabBar *>(widget);
}

QRegion roundedRegion(const QRect &rect)
{
    QPainterPath path;
    path.addRoundedRect(rect, metrics::kCardRadius, metrics::kCardRadius);
    return QRegion(path.toFillPolygon().toPolygon());
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
        if (as<QStyleOptionFrame>(option).lineWidth > 0)
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
        return part::pushButtonBevel(*painter, as<QStyleOptionButton>(option), widget);
    case CE_PushButtonLabel:
        return part::pushButtonLabel(*painter, as<QStyleOptionButton>(option), widget);
    case CE_PushButton:
        part::pushButtonBevel(*painter, as<QStyleOptionButton>(option), widget);
        return part::pushButtonLabel(*painter, as<QStyleOptionButton>(option), widget);
    case CE_CheckBox:
        return part::checkBox(*painter, as<QStyleOptionButton>(option), widget);
    case CE_RadioButton:
        return part::radioButton(*painter, as<QStyleOptionButton>(option), widget);
    case CE_TabBarTabShape:
        return part::tabShape(*painter, as<QStyleOptionTab>(option));
    case CE_TabBarTabLabel:
        return part::tabLabel(*painter, as<QStyleOptionTab>(option));
    case CE_ComboBoxLabel:
        return part::comboLabel(*painter, as<QStyleOptionComboBox>(option));
    case CE_MenuItem:
        return part::menuItem(*painter, as<QStyleOptionMenuItem>(option));
    case CE_MenuBarItem:
        return part::menuBarItem(*painter, as<QStyleOptionMenuItem>(option));
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
        return part::progressBar(*painter, as<QStyleOptionProgressBar>(option));
    case CE_ItemViewItem: {
        const QStyleOptionViewItem item = tinted(as<QStyleOptionViewItem>(option));
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
        return part::comboBox(*painter, as<QStyleOptionComboBox>(option), widget);
    case CC_SpinBox: {
        const QRect up = subControlRect(control, option, SC_SpinBoxUp, widget);
        const QRect down = subControlRect(control, option, SC_SpinBoxDown, widget);
        return part::spinBox(*painter, as<QStyleOptionSpinBox>(option), up, down, widget);
    }
    case CC_ScrollBar: {
        const QRect slider = subControlRect(control, option, SC_ScrollBarSlider, widget);
        return part::scrollBar(*painter, as<QStyleOptionSlider>(option), slider);
    }
    case CC_ToolButton: {
        const auto &button = as<QStyleOptionToolButton>(option);
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

QRect FlowdeckStyle::subElementRect(SubElement element, const QStyleOption *option, const QWidget *widget) const
{
    // A segment is its whole box; a platform style's radio button reacts on text and dot alone.
    if (element == SE_RadioButtonClickRect && widget && widget->property(part::kSegmentProperty).toBool())
        return option->rect;
    if (element == SE_LineEditContents && as<QStyleOptionFrame>(option).lineWidth > 0)
        return option->rect.adjusted(metrics::kGap - 2, 1, 2 - metrics::kGap, -1);
    return QProxyStyle::subElementRect(element, option, widget);
}

QRect FlowdeckStyle::subControlRect(
    ComplexControl control, const QStyleOptionComplex *option, SubControl subControl, const QWidget *widget) const
{
    const QRect &r = option->rect;
    if (control == CC_ComboBox && subControl == SC_ComboBoxEditField)
        return visualRect(option->direction, r, r.adjusted(8, 1, -part::kChevronRoom, -1));
    if (control == CC_ComboBox && subControl == SC_ComboBoxArrow)
        return visualRect(option->direction, r, r.adjusted(r.width() - part::kChevronRoom, 0, 0, 0));
    if (control == CC_ScrollBar) {
        const auto &bar = as<QStyleOptionSlider>(option);
        const bool flat = bar.orientation == Qt::Horizontal;
        const int length = flat ? r.width() : r.height();
        switch (subControl) {
        case SC_ScrollBarAddLine:
        case SC_ScrollBarSubLine:
            return {};
        case SC_ScrollBarGroove:
            return r;
        default:
            break;
        }
        const qint64 range = qint64(bar.maximum) - bar.minimum;
        const qint64 wanted = range > 0 ? qint64(bar.pageStep) * length / (range + bar.pageStep) : length;
        const int size = std::clamp(int(wanted), std::min(length, pixelMetric(PM_ScrollBarSliderMin)), length);
        const int start
            = sliderPositionFromValue(bar.minimum, bar.maximum, bar.sliderPosition, length - size, bar.upsideDown);
        const auto piece = [&](int from, int to) {
            return flat ? QRect(r.left() + from, r.top(), to - from, r.height())
                        : QRect(r.left(), r.top() + from, r.width(), to - from);
        };
        switch (subControl) {
        case SC_ScrollBarSlider:
            return piece(start, start + size);
        case SC_ScrollBarSubPage:
            return piece(0, start);
        case SC_ScrollBarAddPage:
            return piece(start + size, length);
        default:
            return {};
        }
    }
    return QProxyStyle::subControlRect(control, option, subControl, widget);
}

QSize FlowdeckStyle::sizeFromContents(
    ContentsType type, const QStyleOption *option, const QSize &size, const QWidget *widget) const
{
    const int control = std::max(metrics::kControl, option ? option->fontMetrics.height() + 8 : 0);
    switch (type) {
    case CT_PushButton: {
        const int padding = buttonRole(widget) == ButtonRole::Link ? metrics::kStep : part::kButtonPadding;
        // Strong text of the filled buttons is wider than what was measured.
        const bool strong = buttonRole(widget) == ButtonRole::Primary || buttonRole(widget) == ButtonRole::Destructive;
        return {size.width() + 2 * padding + (strong ? size.width() / 10 : 0), control};
    }
    case CT_LineEdit:
        return {size.width() + 2 * metrics::kGap, control};
    case CT_ComboBox:
        return {size.width() + 2 * metrics::kGap + part::kChevronRoom, control};
    case CT_SpinBox:
        return {size.width() + metrics::kGap + part::kChevronRoom, control};
    case CT_ToolButton: {
        const auto &button = as<QStyleOptionToolButton>(option);
        if (button.toolButtonStyle == Qt::ToolButtonIconOnly)
            return {control, control};
        const bool menu = button.features & QStyleOptionToolButton::HasMenu;
        return {size.width() + 2 * metrics::kGap + (menu ? metrics::kMark : 0), control};
    }
    case CT_RadioButton:
        if (widget && widget->property(part::kSegmentProperty).toBool()) {
            const auto &button = as<QStyleOptionButton>(option);
            QFont strong = widget->font();
            strong.setBold(true);
            return {QFontMetrics(strong).horizontalAdvance(button.text) + 2 * part::kButtonPadding, control};
        }
        return QProxyStyle::sizeFromContents(type, option, size, widget).expandedTo({0, metrics::kDenseButton});
    case CT_CheckBox:
        if (widget && widget->property(part::kSwitchProperty).toBool())
            return {size.width() + 28 + metrics::kGap, std::max(metrics::kDenseButton, size.height())};
        return QProxyStyle::sizeFromContents(type, option, size, widget).expandedTo({0, metrics::kDenseButton});
    case CT_TabBarTab:
        return {size.width() + 4, metrics::atLeast(36, widget ? widget->font() : QFont(), 16)};
    case CT_MenuItem:
        return part::menuItemSize(as<QStyleOptionMenuItem>(option), size.width());
    case CT_MenuBarItem:
        return {size.width() + 16, control};
    default:
        return QProxyStyle::sizeFromContents(type, option, size, widget);
    }
}

int FlowdeckStyle::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    switch (metric) {
    case PM_ButtonMargin:
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical:
    case PM_ButtonDefaultIndicator:
    case PM_MenuBarPanelWidth:
    case PM_MenuBarVMargin:
    case PM_MenuBarItemSpacing:
    case PM_TabBarTabShiftVertical:
    case PM_TabBarTabShiftHorizontal:
    case PM_TabBarTabVSpace:
    case PM_MenuPanelWidth:
        return 0;
    case PM_MenuHMargin:
    case PM_MenuVMargin:
        return metrics::kStep;
    case PM_MenuBarHMargin:
    case PM_LayoutHorizontalSpacing:
    case PM_LayoutVerticalSpacing:
    case PM_CheckBoxLabelSpacing:
        return metrics::kGap;
    case PM_SmallIconSize:
    case PM_ButtonIconSize:
    case PM_ToolBarIconSize:
    case PM_TabBarIconSize:
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight:
        return metrics::kMark;
    case PM_ScrollBarExtent:
        return 10;
    case PM_ScrollBarSliderMin:
        return 32;
    case PM_TabBarTabHSpace:
        return metrics::kInset;
    case PM_SplitterWidth:
        return 5;
    case PM_ToolTipLabelFrameWidth:
        return metrics::kGap;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int FlowdeckStyle::styleHint(
    StyleHint hint, const QStyleOption *option, const QWidget *widget, QStyleHintReturn *returnData) const
{
    switch (hint) {
    case SH_Menu_Mask:
    case SH_ToolTip_Mask:
        if (auto *mask = qstyleoption_cast<QStyleHintReturnMask *>(returnData); mask && option) {
            mask->region = roundedRegion(option->rect);
            return 1;
        }
        return 0;
    case SH_EtchDisabledText:
    case SH_DitherDisabledText:
    case SH_ComboBox_Popup:
    case SH_Widget_Animation_Duration:
    case SH_ScrollBar_Transient:
    case SH_ItemView_ActivateItemOnSingleClick:
        return 0;
    default:
        return QProxyStyle::styleHint(hint, option, widget, returnData);
    }
}

} // namespace fd
