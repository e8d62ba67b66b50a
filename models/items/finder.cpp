// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/finder.h"

#include "models/items/whenread.h"
#include "models/store/deploymentrepository.h"
#include "models/store/flowrunrepository.h"
#include "models/store/store.h"

namespace fd {

QFuture<Result<std::vector<DeploymentRow>>> findDeployments(Store &store, const QString &text, int limit)
{
    return store.read([words = text.split(u' ', Qt::SkipEmptyParts), limit](Connection &db) {
        DeploymentRepository deployments(db);
        return deployments.rows(deployments.idsMatching(words, limit));
    });
}

std::optional<FoundObject> findObject(Store &store, const DeepLink &link)
{
    const auto find = [&link](Connection &db) -> std::optional<FoundObject> {
        if (link.kind != DeepLink::Kind::FlowRun) {
            if (const auto found = DeploymentRepository(db).find(DeploymentId(link.id)))
                return FoundObject{.kind = DeepLink::Kind::Deployment, .row = found->row};
        }
        if (link.kind != DeepLink::Kind::Deployment) {
            if (const auto found = FlowRunRepository(db).find(FlowRunId(link.id)))
                return FoundObject{.kind = DeepLink::Kind::FlowRun, .row = found->row};
        }
        return std::nullopt;
    };
    return readNow(store.reader(), find).value_or(std::nullopt);
}

} // namespace fd
