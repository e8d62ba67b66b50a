// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/common/rowdelegate.h"

namespace fd {

class PlanModel;

/// Paints the rows of a plan: group heads on a band, deployments in two lines, problems with their mark.
class PlanDelegate : public RowDelegate
{
    Q_OBJECT
public:
    PlanDelegate(TableView *view, const PlanModel &model);

protected:
    void paintCell(Cell &cell, const QModelIndex &index) const override;

private:
    const PlanModel &m_model;
};

} // namespace fd
