// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/chips.h"

#include "views/common/cell.h"
#include "views/common/countchip.h"
#include "views/common/glyphs.h"
#include "views/common/statemark.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>

namespace fd {
namespace {

constexpr int kChipHeight = 24;
constexpr int kCrossRoom = 24;
constexpr int kTagPadding = 6;
constexpr int kTagGap = 6;
/// Longest value that is shown whole.
constexpr int kValueWidth = 220;

QFont boldQuiet()
{
    QFont font = roleFont(TextRole::Quiet);
    font.setBold(true);
    return font;
}

QString shownValue(const QString &value)
{
    return QFontMetrics(boldQuiet()).elidedText(value, Qt::ElideMiddle, kValueWidth);
}

} // namespace

FilterChip::FilterChip(const QString &label, const QString &value, QWidget *parent) : QAbstractButton(parent)
{
    setFilter(label, value);
    setMouseTracking(true);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(this, &QAbstractButton::clicked, this, &FilterChip::editRequested);
}

void FilterChip::setFilter(const QString &label, const QString &value)
{
    m_label = label;
    m_value = value;
    setAccessibleName(tr("Filter: %1 %2").arg(label, value));
    setAccessibleDescription(tr("Delete removes it"));
    setToolTip(shownValue(value) == value ? QString() : plainToolTip(value));
    updateGeometry();
    update();
}

QSize FilterChip::sizeHint() const
{
    const int label = QFontMetrics(roleFont(TextRole::Quiet)).horizontalAdvance(m_label);
    const int value = QFontMetrics(boldQuiet()).horizontalAdvance(shownValue(m_value));
    return {metrics::kGap + label + metrics::kStep + value + kCrossRoom,
        metrics::atLeast(kChipHeight, roleFont(TextRole::Quiet), 6)};
}

QRect FilterChip::crossRect() const
{
    return QStyle::visualRect(layoutDirection(), rect(), rect().adjusted(width() - kCrossRoom, 0, 0, 0));
}

void FilterChip::setCrossHovered(bool hovered)
{
    if (m_crossHovered == hovered)
        return;
    m_crossHovered = hovered;
    update();
}

void FilterChip::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(palette());
    QPainter painter(this);
    const QColor ground = underMouse() ? mixed(theme.selection, theme.accent, 0.06) : theme.selection;
    glyph::box(painter, rect(), metrics::kRadius, ground, theme.highContrast ? theme.line : QColor());
    if (hasFocus())
        glyph::box(painter, rect(), metrics::kRadius, {}, theme.accent, metrics::kFocusFrame);
    const QRect area = rect().adjusted(metrics::kGap, 0, -kCrossRoom, 0);
    const int flags = static_cast<int>(QStyle::visualAlignment(layoutDirection(), Qt::AlignLeft)) | Qt::AlignVCenter
        | Qt::TextSingleLine;
    painter.setFont(roleFont(TextRole::Quiet));
    painter.setPen(theme.text2);
    painter.drawText(QStyle::visualRect(layoutDirection(), rect(), area), flags, m_label);
    const int indent = painter.fontMetrics().horizontalAdvance(m_label) + metrics::kStep;
    painter.setFont(boldQuiet());
    painter.setPen(theme.text);
    painter.drawText(
        QStyle::visualRect(layoutDirection(), rect(), area.adjusted(indent, 0, 0, 0)), flags, shownValue(m_value));
    glyph::cross(painter, crossRect(), m_crossHovered ? theme.text : theme.text2);
}

void FilterChip::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Delete:
    case Qt::Key_Backspace:
        emit removeRequested();
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        emit editRequested();
        return;
    default:
        QAbstractButton::keyPressEvent(event);
    }
}

void FilterChip::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton && crossRect().contains(event->position().toPoint()))
        emit removeRequested();
    else
        QAbstractButton::mousePressEvent(event);
}

void FilterChip::mouseMoveEvent(QMouseEvent *event)
{
    setCrossHovered(crossRect().contains(event->position().toPoint()));
    QAbstractButton::mouseMoveEvent(event);
}

void FilterChip::leaveEvent(QEvent *event)
{
    setCrossHovered(false);
    QAbstractButton::leaveEvent(event);
}

CountChips::CountChips(QWidget *parent) : QWidget(parent), m_layout(new QHBoxLayout(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(metrics::kStep);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

CountChip *CountChips::chip(StateType type, const QString &name)
{
    const auto found = std::find_if(m_chips.begin(), m_chips.end(),
        [&](const CountChip *chip) { return chip->type() == type && chip->stateName() == name; });
    if (found != m_chips.end())
        return *found;
    auto *made = new CountChip(type, name, this);
    m_chips << made;
    connect(
        made, &QAbstractButton::clicked, this, [this, type, name](bool checked) { emit toggled(type, name, checked); });
    return made;
}

void CountChips::setCounts(const QList<StateCount> &counts)
{
    QList<CountChip *> shown;
    for (const StateCount &count : counts) {
        CountChip *one = chip(count.type, count.name);
        one->setCount(count.count);
        if (count.count > 0 || one->isChecked())
            shown << one;
    }
    for (CountChip *one : std::as_const(m_chips)) {
        m_layout->removeWidget(one);
        one->setVisible(shown.contains(one));
    }
    for (CountChip *one : std::as_const(shown))
        m_layout->addWidget(one);
    updateGeometry();
}

void CountChips::setChecked(StateType type, const QString &name, bool checked)
{
    chip(type, name)->setChecked(checked);
}

TagLabels::TagLabels(QWidget *parent) : QWidget(parent) { setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed); }

void TagLabels::setTags(const QStringList &tags)
{
    m_tags = tags;
    setToolTip(plainToolTip(tags.join(u'\n')));
    setAccessibleName(tr("Tags: %1").arg(tags.join(tr(", "))));
    updateGeometry();
    update();
}

QSize TagLabels::sizeHint() const
{
    const QFontMetrics fm(roleFont(TextRole::Small));
    int width = 0;
    for (const QString &tag : m_tags)
        width += fm.horizontalAdvance(tag) + 2 * kTagPadding + kTagGap;
    return {width, fm.height() + metrics::kStep};
}

QSize TagLabels::minimumSizeHint() const { return {48, sizeHint().height()}; }

void TagLabels::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    // The table's tags cell without its padding, so that both look alike.
    Cell cell(painter, rect().adjusted(-metrics::kCellPadding, 0, metrics::kCellPadding, 0), Theme::of(palette()));
    cell.tags(m_tags);
}

void TagLabels::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::FontChange)
        updateGeometry();
    QWidget::changeEvent(event);
}

} // namespace fd
