// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/runs/taskpanel.h"

#include "views/common/controls.h"
#include "views/common/stateplaceholder.h"
#include "views/common/timeline.h"
#include "views/runs/taskrows.h"
#include "views/runs/tasktable.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QStackedLayout>
#include <QToolButton>
#include <QVBoxLayout>

namespace fd {

namespace {

constexpr double kZoomStep = 1.5;

} // namespace

TaskPanel::TaskPanel(Clock clock, QWidget *parent)
    : QWidget(parent), m_clock(std::move(clock)), m_timeline(new Timeline(m_clock, this)), m_table(new TableView(this)),
      m_model(new TaskTableModel(m_clock, this)), m_empty(new TextLabel({}, TextRole::Body, Tone::Text2, this)),
      m_failed(new FailedPanel(this))
{
    m_failed->hide();
    m_empty->setAlignment(Qt::AlignHCenter | Qt::AlignTop);
    m_empty->setMargin(metrics::kSection);
    m_empty->setWordWrap(true);
    m_timeline->setFrameShape(QFrame::NoFrame);
    m_table->setModel(m_model);
    m_table->setItemDelegate(new TaskTableDelegate(m_table));
    m_table->setColumns(taskColumns());
    m_table->setRowHeight(metrics::kRowCompact, 1);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->horizontalHeader()->setSortIndicatorShown(false);
    m_table->setAccessibleName(tr("Task runs"));

    auto *content = new QWidget(this);
    m_stack = new QStackedLayout(content);
    m_stack->addWidget(m_timeline);
    m_stack->addWidget(m_table);
    m_stack->addWidget(m_empty);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeHead());
    layout->addWidget(m_failed);
    layout->addWidget(content, 1);
    connectViews();
    updateView();
}

QWidget *TaskPanel::makeHead()
{
    auto *head = new QWidget(this);
    m_summary = new TextLabel({}, TextRole::Quiet, Tone::Text3, head);
    auto *layout = new QHBoxLayout(head);
    layout->setContentsMargins(metrics::kInset, metrics::kStep, metrics::kInset, metrics::kStep);
    layout->setSpacing(metrics::kGap);
    layout->addWidget(new TextLabel(tr("Tasks"), TextRole::Strong, Tone::Text2, head));
    layout->addWidget(m_summary);
    layout->addStretch();
    m_path = new QCheckBox(tr("Critical path"), head);
    m_path->setToolTip(tr("The chain of tasks that decided when the run ended"));
    layout->addWidget(m_path);
    connect(m_path, &QCheckBox::toggled, m_timeline, &Timeline::setCriticalPathShown);
    const auto add = [this, head, layout](const QString &icon, const QString &text) {
        QToolButton *button = iconButton(icon, text, head);
        layout->addWidget(button);
        return button;
    };
    QToolButton *closer = add(QStringLiteral("zoom-in"), tr("Closer (+)"));
    QToolButton *wider = add(QStringLiteral("zoom-out"), tr("Wider (-)"));
    QToolButton *fit = add(QStringLiteral("zoom-fit-best"), tr("Whole run (0)"));
    m_zoom = {closer, wider, fit};
    m_asTable = add(QStringLiteral("view-list-details"), tr("View as table (Ctrl+Alt+T)"));
    m_asTable->setCheckable(true);
    connect(closer, &QToolButton::clicked, this, [this] { m_timeline->zoom(kZoomStep); });
    connect(wider, &QToolButton::clicked, this, [this] { m_timeline->zoom(1 / kZoomStep); });
    connect(fit, &QToolButton::clicked, m_timeline, &Timeline::zoomToFit);
    connect(m_asTable, &QToolButton::toggled, this, [this](bool on) {
        updateView();
        emit tableToggled(on);
    });
    return head;
}

void TaskPanel::connectViews()
{
    connect(m_failed, &FailedPanel::retryRequested, this, &TaskPanel::retryRequested);
    connect(m_timeline, &Timeline::rowSelected, this, [this](int row) {
        markTask(idAt(row));
        emit taskSelected(idAt(row));
    });
    connect(m_timeline, &Timeline::rowOpened, this, [this](int row) { emit taskOpened(idAt(row)); });
    connect(
        m_table, &TableView::opened, this, [this](const QModelIndex &index) { emit taskOpened(idAt(index.row())); });
    connect(
        m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex &current) {
            if (m_marking || !current.isValid())
                return;
            m_timeline->setSelectedRow(current.row());
            emit taskSelected(idAt(current.row()));
        });
}

RowId TaskPanel::idAt(int row) const
{
    const QList<TimelineRow> &rows = m_model->rows();
    return row >= 0 && row < rows.size() ? rows[row].id : 0;
}

void TaskPanel::setTasks(const QList<TaskRun> &tasks)
{
    const RowId selected = idAt(m_timeline->selectedRow());
    const QList<TimelineRow> rows = timelineRows(tasks);
    m_failed->hide();
    m_marking = true;
    m_model->setRows(rows);
    m_timeline->setRows(rows);
    m_marking = false;
    m_summary->setText(tasks.isEmpty() ? QString() : taskSummary(tasks));
    markTask(selected);
    updateView();
}

void TaskPanel::setFailure(const Error &error)
{
    m_failed->setError(tr("The tasks could not be read"), error);
    m_failed->show();
    updateView();
}

void TaskPanel::setStates(const QList<State> &states) { m_timeline->setBands(retryBands(states)); }

void TaskPanel::setEmptyText(const QString &text) { m_empty->setText(text); }

void TaskPanel::markTask(RowId task)
{
    const QList<TimelineRow> &rows = m_model->rows();
    // Of several tries the chosen one stays, else the last one counts.
    int row = m_timeline->selectedRow();
    if (task == 0 || idAt(row) != task) {
        const auto found = std::find_if(
            rows.rbegin(), rows.rend(), [task](const TimelineRow &one) { return task != 0 && one.id == task; });
        row = static_cast<int>(rows.rend() - found) - 1;
    }
    if (row != m_timeline->selectedRow())
        m_timeline->setSelectedRow(row);
    m_marking = true;
    m_table->setCurrentIndex(row < 0 ? QModelIndex() : m_model->index(row, 0));
    m_marking = false;
}

void TaskPanel::showTime(Instant time)
{
    const TimeRange range = m_timeline->visibleRange();
    if (time >= range.from && time < range.until)
        return;
    const qint64 half = range.lengthUs() / 2;
    m_timeline->setVisibleRange({time.plusUs(-half), time.plusUs(half)});
}

void TaskPanel::focusTasks()
{
    if (isTable())
        m_table->setFocus();
    else
        m_timeline->setFocus();
}

bool TaskPanel::isTable() const { return m_asTable->isChecked(); }

void TaskPanel::setTable(bool on) { m_asTable->setChecked(on); }

void TaskPanel::updateView()
{
    QWidget *shown = m_timeline;
    if (m_model->rows().isEmpty())
        shown = m_empty;
    else if (isTable())
        shown = m_table;
    m_stack->setCurrentWidget(shown);
    // Nobody knows whether there are tasks when they could not be read.
    m_empty->setVisible(shown == m_empty && m_failed->isHidden());
    for (QToolButton *button : std::as_const(m_zoom))
        button->setVisible(shown == m_timeline);
    m_path->setVisible(shown == m_timeline);
    m_asTable->setVisible(shown != m_empty);
}

} // namespace fd
