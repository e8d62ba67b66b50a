// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/style.h"

#include "views/common/styleparts.h"

#include <QPainterPath>

namespace fd {
namespace {

QRegion roundedRegion(const QRect &rect)
{
    QPainterPath path;
    path.addRoundedRect(rect, metrics::kCardRadius, metrics::kCardRadius);
    return QRegion(path.toFillPolygon().toPolygon());
}

} // namespace

QRect FlowdeckStyle::subElementRect(SubElement element, const QStyleOption *option, const QWidget *widget) const
{
    // A segment is its whole box; a platform style's radio button reacts on text and dot alone.
    if (element == SE_RadioButtonClickRect && widget && widget->property(part::kSegmentProperty).toBool())
        return option->rect;
    if (element == SE_LineEditContents && part::as<QStyleOptionFrame>(option).lineWidth > 0)
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
        const auto &bar = part::as<QStyleOptionSlider>(option);
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
        const auto &button = part::as<QStyleOptionToolButton>(option);
        if (button.toolButtonStyle == Qt::ToolButtonIconOnly)
            return {control, control};
        const bool menu = button.features & QStyleOptionToolButton::HasMenu;
        return {size.width() + 2 * metrics::kGap + (menu ? metrics::kMark : 0), control};
    }
    case CT_RadioButton:
        if (widget && widget->property(part::kSegmentProperty).toBool()) {
            const auto &button = part::as<QStyleOptionButton>(option);
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
        return part::menuItemSize(part::as<QStyleOptionMenuItem>(option), size.width());
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
