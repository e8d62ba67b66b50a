// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/deployment.h"
#include "models/domain/flowrun.h"
#include "models/workspace/workspace.h"
#include "views/common/destination.h"
#include "views/common/stateplaceholder.h"

#include <QWidget>

#include <vector>

namespace fd {

/// Title and text for an empty tab, without a button.
[[nodiscard]] inline PlaceholderText quietPlaceholder(const QString &title, const QString &text)
{
    return {.iconName = {}, .title = title, .text = text, .button = {}, .buttonIcon = {}, .remark = {}};
}

/// What the inspector knows about the deployment it shows; valid for one call.
struct InspectedDeployment {
    const Deployment &deployment;
    const DeploymentRow &summary;
    const std::vector<FlowRunRow> &recent;
    EngineStatus engine;
    Capabilities capabilities;
    Instant now;
};

/// One tab of the inspector. Made when first shown.
class InspectorTab : public QWidget
{
    Q_OBJECT
public:
    using QWidget::QWidget;

    /// Fills the tab; called whenever the deployment or what is known about it is another.
    virtual void showDeployment(const InspectedDeployment &inspected) = 0;

protected:
    /// Fills the tab with `content`, which scrolls when it is longer than the inspector.
    void setScrolledContent(QWidget *content);

signals:
    void navigate(const fd::Destination &destination, bool newWindow);
};

} // namespace fd
