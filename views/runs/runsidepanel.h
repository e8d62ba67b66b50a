// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/flowrun.h"

#include <QScrollArea>

#include <vector>

class QVBoxLayout;

namespace fd {

class DurationChart;
class FlowRunWatcher;
class ParameterList;
class RunDetails;
class RunLinks;
class TextLabel;

/// Beside a run: parameters against the deployment's, durations, related runs, details.
class RunSidePanel : public QScrollArea
{
    Q_OBJECT
public:
    explicit RunSidePanel(Clock clock, QWidget *parent = nullptr);

    /// Shows what the watcher knows about its run.
    void update(const FlowRunWatcher &watcher);
    [[nodiscard]] ParameterList *parameters() const { return m_parameters; }
    [[nodiscard]] QSize sizeHint() const override { return {328, 600}; }

signals:
    void runOpened(fd::RowId run);
    void deploymentOpened(fd::RowId deployment);

private:
    QWidget *section(const QString &title, QWidget *content, QVBoxLayout *layout);
    void updateDurations(const FlowRun &run, const std::vector<FlowRunRow> &siblings);
    void updateRelated(const FlowRunWatcher &watcher);

    Clock m_clock;
    ParameterList *m_parameters;
    QWidget *m_durationSection = nullptr;
    DurationChart *m_durations;
    TextLabel *m_durationRemark;
    QWidget *m_relatedSection = nullptr;
    RunLinks *m_related;
    RunDetails *m_details;
};

} // namespace fd
