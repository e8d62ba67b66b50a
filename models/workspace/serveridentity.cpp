// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/workspace/serveridentity.h"

#include "models/store/deploymentrepository.h"
#include "models/store/flowrunrepository.h"
#include "models/store/mirrorrepository.h"
#include "models/store/settingrepository.h"
#include "models/workspace/deletionsearch.h"

namespace fd {
namespace {

constexpr int kSample = 20;

struct Known {
    std::vector<DeploymentId> sample;
    std::vector<FlowRunId> runs;
};

Known knownHere(Connection &db)
{
    Known known;
    DeploymentRepository deployments(db);
    for (const DeploymentRow &row : deployments.rows(deployments.ids(DeploymentSort::Created, false, kSample)))
        known.sample.push_back(row.id);
    FlowRunRepository runs(db);
    for (const FlowRunRow &row : runs.rows(runs.ids({}, FlowRunSort::Start, true, kSample)))
        known.runs.push_back(row.id);
    return known;
}

} // namespace

QCoro::Task<Result<bool>> isMirroredServer(SyncSession &session)
{
    FD_CO_TRY_ASSIGN(known, session.read(knownHere));
    if (known.sample.empty() && known.runs.empty())
        co_return true;
    FD_CO_TRY_ASSIGN(sampled, countKnownDeployments(session, known.sample));
    if (sampled > 0)
        co_return true;
    FD_CO_TRY_ASSIGN(ids, session.read([](Connection &db) { return MirrorRepository(db).deploymentIds(0); }));
    FD_CO_TRY_ASSIGN(all, countKnownDeployments(session, std::move(ids)));
    if (all > 0)
        co_return true;
    FlowRunQuery query;
    query.ids = QList<FlowRunId>(known.runs.begin(), known.runs.end());
    if (query.ids.isEmpty())
        co_return false;
    FD_CO_TRY_ASSIGN(runs, session.server().countFlowRuns(query));
    co_return runs > 0;
}

QCoro::Task<Result<void>> forgetMirror(SyncSession &session)
{
    FD_CO_TRY(session.write([](Connection &db) {
        MirrorRepository(db).clear();
        SettingRepository settings(db);
        for (const QString &key : {setting::kSyncServer, setting::kSyncAsOf, setting::kSyncDeploymentPass,
                 setting::kSyncUpdatedMark, setting::kSyncRuns})
            settings.setValue(key, {});
    }));
    co_return Result<void>();
}

} // namespace fd
