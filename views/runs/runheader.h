// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/flowrun.h"

#include <QWidget>

class QPushButton;

namespace fd {

class ElidedLabel;
class StateBadge;

/// The run page's part of the header: Runs › flow / deployment › name, state, time, Cancel….
class RunHeader : public QWidget
{
    Q_OBJECT
public:
    explicit RunHeader(QWidget *parent = nullptr);

    void setRun(const FlowRun &run, Instant now);
    /// Only the time goes on.
    void tick(const FlowRun &run, Instant now);
    /// Shows Cancel…; off with its reason when `refusal` is not empty.
    void setCancellable(bool cancellable, const QString &refusal);

signals:
    void listRequested();
    void deploymentRequested();
    void cancelRequested();

private:
    QPushButton *m_deployment;
    ElidedLabel *m_name;
    StateBadge *m_badge;
    ElidedLabel *m_time;
    QPushButton *m_cancel;
};

/// "at 14:18:33 · 14 min ago", "for 2 min 08 s", "due 15:05:00 · in 32 min".
[[nodiscard]] QString runTimeText(const FlowRun &run, Instant now);

} // namespace fd
