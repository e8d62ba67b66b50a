// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/instant.h"
#include "views/common/tableview.h"

namespace fd {

class WorkspaceModel;

/// The table of known workspaces: colour bar, two lines a cell, the state of the connection as mark and word.
class WorkspaceTable : public TableView
{
    Q_OBJECT
public:
    WorkspaceTable(WorkspaceModel &model, Clock clock, QWidget *parent = nullptr);

    /// The id of the current row's entry; empty when there is none.
    [[nodiscard]] QString currentId() const;
    /// Makes an entry the current and only selected one.
    void selectId(const QString &entryId);

private:
    WorkspaceModel &m_model;
};

} // namespace fd
