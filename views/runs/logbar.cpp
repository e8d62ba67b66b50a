// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/runs/logbar.h"

#include "views/common/controls.h"
#include "views/common/format.h"
#include "views/common/searchfield.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QListView>
#include <QPushButton>
#include <QSignalBlocker>
#include <QToolButton>

namespace fd {

namespace {

constexpr int kInfo = 20;
constexpr int kWarning = 30;
constexpr int kError = 40;
constexpr int kSearchMost = 176;
constexpr int kSearchLeast = 128;
constexpr int kTaskLetters = 10;
/// Below this the arrows beside the search leave; F3 and Shift+F3 do the same.
constexpr int kRoomForArrows = 960;

QString withCount(const QString &word, int count)
{
    return count == 0 ? word : QStringLiteral("%1 %2").arg(word, format::count(count));
}

} // namespace

LogBar::LogBar(QWidget *parent)
    : QWidget(parent), m_count(new TextLabel({}, TextRole::Quiet, Tone::Text3, this)), m_levels(new SegmentBar(this)),
      m_taskModel(new LogTaskModel(this)), m_tasks(new QComboBox(this)),
      m_search(new SearchField(tr("Search log"), this)), m_pattern(iconButton({}, tr("Regular expression"), this)),
      m_found(new TextLabel({}, TextRole::Quiet, Tone::Text2, this)),
      m_previous(iconButton(QStringLiteral("go-up"), tr("Previous hit (Shift+F3)"), this)),
      m_next(iconButton(QStringLiteral("go-down"), tr("Next hit (F3)"), this)),
      m_follow(pushButton(tr("Follow"), ButtonRole::Plain, QStringLiteral("go-bottom"), this)),
      m_export(iconButton(QStringLiteral("document-export"), tr("Export log as text…"), this))
{
    m_levels->setAccessibleName(tr("Level"));
    m_levels->addSegment(0, tr("All"));
    m_levels->addSegment(kInfo, tr("Info"));
    m_levels->addSegment(kWarning, tr("Warning"));
    m_levels->addSegment(kError, tr("Error"));
    m_follow->setCheckable(true);
    m_pattern->setText(QStringLiteral(".*"));
    m_pattern->setToolButtonStyle(Qt::ToolButtonTextOnly);
    m_pattern->setCheckable(true);
    m_search->setMinimumWidth(kSearchLeast);
    m_search->setMaximumWidth(kSearchMost);
    makeTasks();
    arrange();
    connect(m_levels, &SegmentBar::chosen, this, [this](int level) { emit filterChosen(level, task()); });
    connect(m_tasks, &QComboBox::activated, this, [this] { emit filterChosen(minimumLevel(), task()); });
    connect(m_pattern, &QToolButton::toggled, this, &LogBar::patternToggled);
    connect(m_next, &QToolButton::clicked, this, &LogBar::nextRequested);
    connect(m_previous, &QToolButton::clicked, this, &LogBar::previousRequested);
    connect(m_follow, &QPushButton::clicked, this, &LogBar::followToggled);
    connect(m_export, &QToolButton::clicked, this, &LogBar::exportRequested);
    setFindSummary({}, {});
}

void LogBar::makeTasks()
{
    m_tasks->setAccessibleName(tr("Task"));
    m_tasks->setModel(m_taskModel);
    // A run may have ten thousand tasks: nothing here may measure each of them.
    m_tasks->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_tasks->setMinimumContentsLength(kTaskLetters);
    if (auto *list = qobject_cast<QListView *>(m_tasks->view()))
        list->setUniformItemSizes(true);
}

void LogBar::arrange()
{
    const auto part = [this](const QList<QWidget *> &widgets) {
        auto *holder = new QWidget(this);
        auto *row = new QHBoxLayout(holder);
        row->setContentsMargins(0, 0, 0, 0);
        row->setSpacing(metrics::kGap);
        for (QWidget *widget : widgets)
            row->addWidget(widget);
        return holder;
    };
    auto *heading = new TextLabel(tr("Logs"), TextRole::Strong, Tone::Text2, this);
    m_filters = part({heading, m_count, m_levels, m_tasks});
    m_tools = part({m_search, m_pattern, m_found, m_previous, m_next, m_follow, m_export});
    m_rows = new QBoxLayout(QBoxLayout::LeftToRight, this);
    m_rows->setContentsMargins(metrics::kInset, metrics::kStep, metrics::kInset, metrics::kStep);
    m_rows->setSpacing(metrics::kGap);
    m_rows->addWidget(m_filters, 0, Qt::AlignLeft);
    m_rows->addWidget(m_tools, 1, Qt::AlignRight);
    setMinimumHeight(metrics::kFilterRow);
}

QSize LogBar::minimumSizeHint() const
{
    const int widest = std::max(m_filters->minimumSizeHint().width(), m_tools->minimumSizeHint().width());
    return {widest + 2 * metrics::kInset, QWidget::minimumSizeHint().height()};
}

void LogBar::setCounts(const std::array<int, 4> &fromLevel)
{
    m_count->setText(format::count(fromLevel[0]));
    m_levels->setSegmentText(kInfo, withCount(tr("Info"), fromLevel[1]));
    m_levels->setSegmentText(kWarning, withCount(tr("Warning"), fromLevel[2]));
    m_levels->setSegmentText(kError, withCount(tr("Error"), fromLevel[3]));
    m_export->setEnabled(fromLevel[0] > 0);
}

void LogBar::setTasks(const QList<LogTask> &tasks)
{
    const RowId chosen = task();
    m_taskModel->setTasks(tasks);
    setFilter(minimumLevel(), chosen);
}

void LogBar::setFilter(int minimumLevel, RowId task)
{
    m_levels->setCurrent(minimumLevel);
    const QSignalBlocker quiet(m_tasks);
    m_tasks->setCurrentIndex(m_taskModel->rowOf(task));
}

bool LogBar::isPattern() const { return m_pattern->isChecked(); }

void LogBar::setFindSummary(const QString &text, const QString &problem)
{
    m_found->setText(text);
    m_found->setToolTip(plainToolTip(problem));
    m_found->setAccessibleDescription(problem);
    m_found->setVisible(!text.isEmpty());
    const bool arrows = !text.isEmpty() && problem.isEmpty() && width() >= kRoomForArrows;
    m_previous->setVisible(arrows);
    m_next->setVisible(arrows);
}

void LogBar::setFollowing(bool following, int missed)
{
    m_follow->setChecked(following);
    m_follow->setText(missed == 0 || following ? tr("Follow") : tr("Follow, %1 new").arg(format::count(missed)));
}

void LogBar::setLive(bool live)
{
    m_follow->setEnabled(live);
    m_follow->setToolTip(live ? tr("Stay at the end as lines come (End)") : tr("The run is over, no more lines come"));
}

int LogBar::minimumLevel() const { return m_levels->current(); }

RowId LogBar::task() const { return m_taskModel->taskAt(m_tasks->currentIndex()); }

// With large text or in a narrow window the row becomes two.
void LogBar::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    setFindSummary(m_found->text(), m_found->accessibleDescription());
    const int needed = m_filters->minimumSizeHint().width() + m_tools->minimumSizeHint().width();
    const bool fits = width() >= needed + 2 * metrics::kInset + metrics::kGap;
    m_rows->setDirection(fits ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
}

} // namespace fd
