// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

namespace fd {

class Workspace;
struct EngineStatus;

/// Where the open workspace is, and who runs its flows; kept up to date while it is open.
class WorkspaceDetails : public QDialog
{
    Q_OBJECT
public:
    WorkspaceDetails(Workspace &workspace, QWidget *parent);

private:
    void showStatus(const EngineStatus &status);

    class TextLabel *m_engine;
    class TextLabel *m_detail;
    class TextLabel *m_runs;
};

} // namespace fd
