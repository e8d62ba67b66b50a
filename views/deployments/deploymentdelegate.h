// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/instant.h"
#include "models/items/deploymentlistmodel.h"
#include "views/common/rowdelegate.h"
#include "views/deployments/deploymenttext.h"

#include <functional>

namespace fd {

/// Paints every column of the deployments table.
class DeploymentDelegate : public RowDelegate
{
    Q_OBJECT
public:
    /// Whether a deployment's ▶ can be pressed, is waiting for its answer, or is absent.
    using RunButtonOf = std::function<RunButton(RowId)>;

    DeploymentDelegate(TableView *view, Clock clock, RunButtonOf runButtonOf);

    /// One line a row instead of two.
    void setCompact(bool compact) { m_compact = compact; }
    /// Values of rows changed: what was written before is not true any more.
    void forget() { m_words.clear(); }

protected:
    void paintCell(Cell &cell, const QModelIndex &index) const override;
    [[nodiscard]] QString toolTip(const QModelIndex &index, const QRect &cell, QPoint position) const override;

private:
    void paintLines(Cell &cell, const CellText &first, const CellText &second) const;
    void paintTexts(Cell &cell, const DeploymentRow &row, DeploymentColumn column) const;
    void paintLastRun(Cell &cell, const DeploymentRow &row, const DeploymentWords &words) const;

    Clock m_clock;
    RunButtonOf m_runButtonOf;
    mutable DeploymentWordCache m_words;
    bool m_compact = false;
};

/// The day of the strip at a point of its cell; -1 where there is none or no run on that day.
[[nodiscard]] int stripDayAt(const DeploymentRow &row, const QRect &cell, QPoint position, Instant now);

} // namespace fd
