// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/workspace/workspace.h"

#include <QDialog>

namespace fd {

/// Asked once when the last window closes while flows run: leave them running, stop them, or stay.
/// Open it with open(); it deletes itself. Rejecting it means to stay.
class CloseQuestion : public QDialog
{
    Q_OBJECT
public:
    CloseQuestion(const QString &workspace, int activeRuns, QWidget *parent);

signals:
    void answered(fd::Workspace::Quit quit);
};

} // namespace fd
