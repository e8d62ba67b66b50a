// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/timelineaccessible.h"

#include "views/common/timeline.h"

#include <QAccessibleWidget>
#include <QPointer>

namespace fd {
namespace {

/// One row, as an item of the list.
class RowInterface : public QAccessibleInterface
{
public:
    RowInterface(Timeline *timeline, int row) : m_timeline(timeline), m_row(row) { }

    [[nodiscard]] bool isValid() const override { return m_timeline && m_row < m_timeline->rows().size(); }
    [[nodiscard]] QObject *object() const override { return nullptr; }
    [[nodiscard]] QAccessibleInterface *parent() const override
    {
        return QAccessible::queryAccessibleInterface(m_timeline.data());
    }
    [[nodiscard]] QAccessibleInterface *child(int) const override { return nullptr; }
    [[nodiscard]] QAccessibleInterface *childAt(int, int) const override { return nullptr; }
    [[nodiscard]] int childCount() const override { return 0; }
    [[nodiscard]] int indexOfChild(const QAccessibleInterface *) const override { return -1; }
    [[nodiscard]] QString text(QAccessible::Text kind) const override
    {
        return kind == QAccessible::Name && isValid() ? m_timeline->spokenRow(m_row) : QString();
    }
    void setText(QAccessible::Text, const QString &) override { }
    [[nodiscard]] QRect rect() const override
    {
        if (!isValid())
            return {};
        QRect row = m_timeline->barRect(m_row).toRect();
        row.setLeft(0);
        row.setRight(m_timeline->viewport()->width());
        return {m_timeline->viewport()->mapToGlobal(row.topLeft()), row.size()};
    }
    [[nodiscard]] QAccessible::Role role() const override { return QAccessible::ListItem; }
    [[nodiscard]] QAccessible::State state() const override
    {
        QAccessible::State state;
        state.selectable = true;
        state.focusable = true;
        state.selected = isValid() && m_timeline->selectedRow() == m_row;
        state.focused = state.selected && m_timeline->hasFocus();
        return state;
    }

    [[nodiscard]] int row() const { return m_row; }

private:
    QPointer<Timeline> m_timeline;
    int m_row;
};

/// The timeline, as a list.
class TimelineInterface : public QAccessibleWidget
{
public:
    explicit TimelineInterface(Timeline *timeline) : QAccessibleWidget(timeline, QAccessible::List) { }
    ~TimelineInterface() override
    {
        for (const QAccessible::Id id : std::as_const(m_ids))
            QAccessible::deleteAccessibleInterface(id);
    }
    Q_DISABLE_COPY_MOVE(TimelineInterface)

    [[nodiscard]] int childCount() const override { return static_cast<int>(timeline()->rows().size()); }
    [[nodiscard]] QAccessibleInterface *child(int index) const override
    {
        if (index < 0 || index >= childCount())
            return nullptr;
        auto known = m_ids.constFind(index);
        if (known == m_ids.constEnd())
            known = m_ids.insert(index, QAccessible::registerAccessibleInterface(new RowInterface(timeline(), index)));
        return QAccessible::accessibleInterface(*known);
    }
    [[nodiscard]] int indexOfChild(const QAccessibleInterface *child) const override
    {
        const auto *row = dynamic_cast<const RowInterface *>(child);
        return row ? row->row() : -1;
    }
    [[nodiscard]] QAccessibleInterface *focusChild() const override { return child(timeline()->selectedRow()); }

private:
    [[nodiscard]] Timeline *timeline() const { return static_cast<Timeline *>(object()); }

    mutable QHash<int, QAccessible::Id> m_ids;
};

QAccessibleInterface *makeInterface(const QString &, QObject *object)
{
    auto *timeline = qobject_cast<Timeline *>(object);
    return timeline ? new TimelineInterface(timeline) : nullptr;
}

} // namespace

void installTimelineAccessibility()
{
    // Qt ignores a factory that is installed already.
    QAccessible::installFactory(&makeInterface);
}

} // namespace fd
