// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/styleparts.h"

#include "views/common/glyphs.h"

#include <QAbstractSpinBox>
#include <QComboBox>
#include <QPainter>

namespace fd::part {
namespace {

bool isInvalid(const QWidget *widget) { return widget && widget->property(kInvalidProperty).toBool(); }

QRect inside(const QRect &rect) { return rect.adjusted(metrics::kGap, 0, -kChevronRoom, 0); }

} // namespace

void focusFrame(QPainter &painter, const QRect &rect, const Theme &theme)
{
    glyph::box(painter, rect, metrics::kRadius, {}, theme.accent, metrics::kFocusFrame);
}

void field(QPainter &painter, const QStyleOption &option, const QWidget *widget)
{
    const Theme &theme = Theme::of(option.palette);
    const bool enabled = option.state.testFlag(QStyle::State_Enabled);
    const QColor &fill = !enabled ? theme.sunken : theme.dark ? theme.raised : theme.base;
    const bool focus = option.state.testFlag(QStyle::State_HasFocus);
    if (isInvalid(widget))
        glyph::box(painter, option.rect, metrics::kRadius, fill, theme.state(StateHue::Failed), focus ? 2 : 1);
    else if (focus)
        glyph::box(painter, option.rect, metrics::kRadius, fill, theme.accent, metrics::kFocusFrame);
    else
        glyph::box(painter, option.rect, metrics::kRadius, fill, enabled ? theme.frame : theme.line);
}

void comboBox(QPainter &painter, const QStyleOptionComboBox &option, const QWidget *widget)
{
    const Theme &theme = Theme::of(option.palette);
    field(painter, option, widget);
    const QRect &r = option.rect;
    const QRect arrow(r.right() - kChevronRoom, r.top(), kChevronRoom, r.height());
    const bool enabled = option.state.testFlag(QStyle::State_Enabled);
    glyph::chevron(
        painter, QStyle::visualRect(option.direction, r, arrow), Qt::DownArrow, enabled ? theme.text2 : theme.off);
}

void comboLabel(QPainter &painter, const QStyleOptionComboBox &option)
{
    if (option.editable)
        return;
    const Theme &theme = Theme::of(option.palette);
    QRect area = inside(option.rect);
    const Qt::Alignment left = QStyle::visualAlignment(option.direction, Qt::AlignLeft);
    if (!option.currentIcon.isNull()) {
        const QRect icon(area.left(), area.center().y() - option.iconSize.height() / 2, option.iconSize.width(),
            option.iconSize.height());
        option.currentIcon.paint(&painter, QStyle::visualRect(option.direction, option.rect, icon));
        area.adjust(option.iconSize.width() + metrics::kGap, 0, 0, 0);
    }
    painter.setPen(option.state & QStyle::State_Enabled ? theme.text : theme.off);
    const QString text = painter.fontMetrics().elidedText(option.currentText, Qt::ElideRight, area.width());
    painter.drawText(QStyle::visualRect(option.direction, option.rect, area),
        static_cast<int>(left) | Qt::AlignVCenter | Qt::TextSingleLine, text);
}

void spinBox(
    QPainter &painter, const QStyleOptionSpinBox &option, const QRect &up, const QRect &down, const QWidget *widget)
{
    const Theme &theme = Theme::of(option.palette);
    if (option.frame)
        field(painter, option, widget);
    if (option.buttonSymbols == QAbstractSpinBox::NoButtons)
        return;
    const bool mayUp = option.stepEnabled & QAbstractSpinBox::StepUpEnabled;
    const bool mayDown = option.stepEnabled & QAbstractSpinBox::StepDownEnabled;
    glyph::chevron(painter, up, Qt::UpArrow, mayUp ? theme.text2 : theme.off);
    glyph::chevron(painter, down, Qt::DownArrow, mayDown ? theme.text2 : theme.off);
}

void scrollBar(QPainter &painter, const QStyleOptionSlider &option, const QRect &slider)
{
    constexpr int kThin = 6;
    const Theme &theme = Theme::of(option.palette);
    if (option.minimum == option.maximum)
        return;
    const bool held = option.state.testFlag(QStyle::State_Sunken) || option.state.testFlag(QStyle::State_MouseOver);
    const QColor color = held || theme.highContrast ? theme.control : theme.frame;
    QRect thin = slider;
    if (option.orientation == Qt::Vertical)
        thin = QRect(slider.center().x() - kThin / 2 + 1, slider.top() + 2, kThin, slider.height() - 4);
    else
        thin = QRect(slider.left() + 2, slider.center().y() - kThin / 2 + 1, slider.width() - 4, kThin);
    glyph::box(painter, thin, kThin / 2.0, color, {});
}

void progressBar(QPainter &painter, const QStyleOptionProgressBar &option)
{
    constexpr int kThin = 4;
    const Theme &theme = Theme::of(option.palette);
    const QRect track(option.rect.left(), option.rect.center().y() - kThin / 2, option.rect.width(), kThin);
    glyph::box(painter, track, kThin / 2.0, theme.line, {});
    const int range = option.maximum - option.minimum;
    if (range <= 0)
        return;
    QRect done = track;
    done.setWidth(static_cast<int>(qint64(track.width()) * (option.progress - option.minimum) / range));
    glyph::box(painter, QStyle::visualRect(option.direction, track, done), kThin / 2.0, theme.accent, {});
}

} // namespace fd::part
