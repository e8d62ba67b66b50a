// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/common/theme.h"

#include <QProxyStyle>

class QAbstractButton;

namespace fd {

/// How a button looks. At most one Primary on a page.
enum class ButtonRole { Plain, Primary, Destructive, Flat, Link };
/// Sets the role; a platform style ignores it.
void setButtonRole(QAbstractButton *button, ButtonRole role);
/// The role that was set; Plain when none was.
[[nodiscard]] ButtonRole buttonRole(const QWidget *button);

/// Marks a line edit, spin box or combo as holding a refused value: red frame.
void setInvalid(QWidget *field, bool invalid);

/// Fusion made flat: the look of the kit. Takes every colour from Theme.
class FlowdeckStyle : public QProxyStyle
{
    Q_OBJECT
public:
    FlowdeckStyle();

    void polish(QWidget *widget) override;
    using QProxyStyle::polish;
    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
        const QWidget *widget = nullptr) const override;
    void drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
        const QWidget *widget = nullptr) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter,
        const QWidget *widget = nullptr) const override;
    [[nodiscard]] QRect subElementRect(
        SubElement element, const QStyleOption *option, const QWidget *widget = nullptr) const override;
    [[nodiscard]] QRect subControlRect(ComplexControl control, const QStyleOptionComplex *option, SubControl subControl,
        const QWidget *widget = nullptr) const override;
    [[nodiscard]] QSize sizeFromContents(
        ContentsType type, const QStyleOption *option, const QSize &size, const QWidget *widget) const override;
    [[nodiscard]] int pixelMetric(
        PixelMetric metric, const QStyleOption *option = nullptr, const QWidget *widget = nullptr) const override;
    [[nodiscard]] int styleHint(StyleHint hint, const QStyleOption *option = nullptr, const QWidget *widget = nullptr,
        QStyleHintReturn *returnData = nullptr) const override;
};

} // namespace fd
