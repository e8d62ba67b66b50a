// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/instant.h"
#include "models/domain/flowrun.h"
#include "views/common/tableview.h"

#include <QAbstractTableModel>

#include <vector>

namespace fd {

/// A handful of runs, newest first: mark and name, start, duration.
class RecentRunsModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    RecentRunsModel(Clock clock, QObject *parent);

    /// Shows these instead; rows that stay keep selection and current row.
    void setRuns(const std::vector<FlowRunRow> &runs, int limit);
    [[nodiscard]] const FlowRunRow &at(int row) const { return m_runs.at(static_cast<size_t>(row)); }
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;

private:
    Clock m_clock;
    std::vector<FlowRunRow> m_runs;
};

/// The table of RecentRunsModel, without a head. A click, Enter or double click opens the run.
class RecentRuns : public TableView
{
    Q_OBJECT
public:
    /// Shows at most `limit` runs. With `fixedHeight` it is as high as its rows and never scrolls.
    RecentRuns(Clock clock, int limit, bool fixedHeight, QWidget *parent = nullptr);

    void setRuns(const std::vector<FlowRunRow> &runs);

signals:
    void runRequested(fd::RowId run, bool newWindow);

private:
    void fitHeight();

    RecentRunsModel *m_model;
    int m_limit;
    bool m_fixedHeight;
};

} // namespace fd
