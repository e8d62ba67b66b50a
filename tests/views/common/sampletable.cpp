// SPDX-License-Identifier: GPL-3.0-or-later
#include "sampletable.h"

#include "views/common/format.h"
#include "views/common/stripbars.h"

namespace fd::sample {
namespace {

constexpr qint64 kMinute = 60'000'000;

struct Known {
    const char *name, *flow, *tags, *schedule, *state;
    StateType type;
    qint64 nextMin, lastMin, seconds;
};

constexpr std::array kKnown{
    Known{"us-hourly", "orders-ingest", "tier-1,us", R"({"interval":3600,"timezone":"America/New_York"})", "Late",
        StateType::Scheduled, -72, 130, 123},
    Known{"plant-7", "sensor-rollup", "iot", R"({"interval":300})", "Completed", StateType::Completed, 2, 1, 3},
    Known{"hourly", "orders-ingest", "tier-1,finance,eu", R"({"interval":3600})", "Completed", StateType::Completed, 32,
        13, 813},
    Known{"finance-close", "ledger-export", "finance,month-end",
        R"({"cron":"0 18 * * 1-5","timezone":"Europe/Berlin"})", "Failed", StateType::Failed, 207, 1200, 849},
    Known{"eu-nightly", "warehouse-load", "tier-1,eu", R"({"cron":"30 2 * * *","timezone":"Europe/Berlin"})", "Running",
        StateType::Running, 717, 6, 374},
    Known{"gpu-train", "ml-feature-build-with-a-very-long-name", "ml,gpu", R"({"interval":86400})", "Crashed",
        StateType::Crashed, 928, 480, 61},
    Known{"prod", "ads-spend-pull", "ads,mkt", R"({"rrule":"FREQ=DAILY;BYHOUR=5"})", "AwaitingRetry",
        StateType::Scheduled, 1017, 4, 40},
    Known{"digest", "email-digest", "mail", R"({"cron":"0 8 * * 1-5"})", "Cancelled", StateType::Cancelled, 1047, 360,
        12},
    Known{"weekly", "churn-score", "ml", R"({"interval":604800})", "Cached", StateType::Completed, 8127, 11520, 2880},
};

ActivityStrip stripFor(int row)
{
    ActivityStrip strip;
    strip.lastDay = localDay(now());
    for (int day = 0; day < kStripDays; ++day) {
        const int seed = (row * 7 + day * 13) % 11;
        DayCount &count = strip.days[static_cast<size_t>(day)];
        count.completed = static_cast<quint16>(row % 4 == 3 ? (seed > 8 ? 2 : 0) : (row % 3 == 0 ? 24 : 3));
        count.failed = static_cast<quint16>(seed == 10 ? 2 : 0);
        count.active = static_cast<quint16>(day == kStripDays - 1 && row % 4 == 0 ? 1 : 0);
    }
    return strip;
}

DeploymentRow makeRow(int row)
{
    const Known &known = kKnown[static_cast<size_t>(row) % kKnown.size()];
    DeploymentRow made;
    made.row = row + 1;
    made.name = QString::fromLatin1(known.name);
    if (row >= static_cast<int>(kKnown.size()))
        made.name += QStringLiteral("-%1").arg(row);
    made.flowName = QString::fromLatin1(known.flow);
    made.tags = QString::fromLatin1(known.tags).split(u',');
    made.schedule.json = known.schedule;
    made.nextRun = now().plusUs(known.nextMin * kMinute);
    made.lastState = State::named(known.type, QString::fromLatin1(known.state), now());
    made.lastStart = now().plusUs(-known.lastMin * kMinute - known.seconds * 1'000'000);
    made.lastEnd = now().plusUs(-known.lastMin * kMinute);
    made.strip = stripFor(row);
    return made;
}

} // namespace

Instant now() { return *instantFromIso(u"2026-10-20T14:32:00Z"); }

Model::Model(int rows, QObject *parent) : QAbstractTableModel(parent)
{
    m_rows.reserve(rows);
    for (int row = 0; row < rows; ++row)
        m_rows << makeRow(row);
}

int Model::rowCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : static_cast<int>(m_rows.size()); }

int Model::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : ColumnCount; }

QVariant Model::data(const QModelIndex &index, int role) const
{
    return role == Qt::DisplayRole && index.column() == Name ? QVariant(at(index.row()).name) : QVariant();
}

void Model::sort(int column, Qt::SortOrder) { m_sorted = column; }

Delegate::Delegate(TableView *view, const Model *model) : RowDelegate(view), m_model(model) { }

void Delegate::paintCell(Cell &cell, const QModelIndex &index) const
{
    const DeploymentRow &row = m_model->at(index.row());
    const auto small = [](const QString &text, const QColor &color = {}) {
        return CellText{.text = text, .role = TextRole::Small, .color = color};
    };
    switch (index.column()) {
    case Model::Mark:
        return cell.mark(row.lastState.type, row.lastState.name);
    case Model::Name:
        return cell.twoLines({.text = row.name, .elide = Qt::ElideMiddle}, small(row.flowName));
    case Model::Tags:
        return cell.tags(row.tags);
    case Model::Schedule: {
        const format::ScheduleText text = format::schedule(row.schedule);
        return cell.twoLines({.text = text.rule}, small(text.zone));
    }
    case Model::Next: {
        const bool late = *row.nextRun < now();
        const QString second = late ? format::lateness(now() - *row.nextRun) : format::relative(*row.nextRun, now());
        const QColor color = late ? cell.theme().state(StateHue::Late) : QColor();
        return cell.twoLines({.text = format::time(*row.nextRun, now())}, small(second, color));
    }
    case Model::Last:
        return cell.stateLines(row.lastState.type, row.lastState.name,
            QStringLiteral("%1 · %2").arg(
                format::relative(*row.lastEnd, now()), format::duration(*row.lastEnd - *row.lastStart)));
    case Model::Strip:
        return cell.strip(row.strip);
    case Model::Run:
        return cell.runButton(index.row() == 6 ? RunButton::Busy : RunButton::Idle);
    case Model::Duration:
        return cell.number(format::duration(*row.lastEnd - *row.lastStart));
    default:
        return;
    }
}

QString Delegate::toolTip(const QModelIndex &index, const QRect &cell, QPoint position) const
{
    if (index.column() != Model::Strip)
        return {};
    const int day = strip::dayAt(position.x() - cell.left() - metrics::kCellPadding);
    return day < 0 ? QString() : strip::dayText(m_model->at(index.row()).strip, day, now());
}

QList<ColumnSpec> columns()
{
    return {
        {.id = Model::Mark, .title = {}, .width = 32},
        {.id = Model::Name, .title = QStringLiteral("Deployment"), .stretch = true, .minWidth = 150},
        {.id = Model::Tags, .title = QStringLiteral("Tags"), .width = 100, .leaveOrder = 1},
        {.id = Model::Schedule, .title = QStringLiteral("Schedule"), .width = 146, .leaveOrder = 4},
        {.id = Model::Next, .title = QStringLiteral("Next run"), .width = 126},
        {.id = Model::Last, .title = QStringLiteral("Last run"), .width = 164, .leaveOrder = 5},
        {.id = Model::Strip, .title = QStringLiteral("14 days"), .width = 112, .leaveOrder = 2},
        {.id = Model::Run, .title = {}, .width = 42, .button = true},
        {.id = Model::Duration,
            .title = QStringLiteral("Duration"),
            .width = 102,
            .alignment = Qt::AlignRight,
            .hiddenAtFirst = true},
    };
}

TableView *makeTable(Model *model, QWidget *parent)
{
    auto *table = new TableView(parent);
    table->setModel(model);
    table->setItemDelegate(new Delegate(table, model));
    table->setRowHeight(metrics::kRowTwoLines, 2);
    table->setColumns(columns());
    return table;
}

} // namespace fd::sample
