// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/json.h"
#include "models/prefect/codec.h"

#include <QList>

#include <optional>

namespace fd::test {

/// What an answer holds, as far as codecs read it.
enum class Kind : quint8 {
    Flows,
    Deployments,
    FlowRuns,
    TaskRuns,
    Logs,
    States,
    WorkPools,
    WorkQueues,
    Workers,
    Deployment,
    FlowRun
};

/// One recorded request with its answer.
struct Exchange {
    Generation generation = Generation::Prefect3;
    QString name;
    QString path;
    Json requestBody;
    int status = 0;
    Json response;
    /// The answer's bytes: those that were recorded, or the compact text of `response`.
    QByteArray body;
    /// Nothing when no codec reads such an answer.
    std::optional<Kind> kind;
};

/// All of a server, in tests/data/recorded or the folder that FLOWDECK_RECORDED names.
[[nodiscard]] QList<Exchange> exchanges(Generation generation);
/// All of the three servers that a codec reads.
[[nodiscard]] QList<Exchange> readableExchanges();
[[nodiscard]] Exchange exchange(Generation generation, const QString &name);

/// A page in a form that is the same for all kinds: each row as the JSON of all that was read.
struct ReadPage {
    std::vector<Json> rows;
    std::vector<UnreadableRow> unreadable;
    int received = 0;
};
/// Reads a body as the kind says. A single object becomes a page of one.
[[nodiscard]] Result<ReadPage> readAs(Kind kind, const Codec &codec, const QByteArray &body);
/// What `readAs` must find in one object, worked out without the codec. Fingerprints are left out.
[[nodiscard]] Json expectedRow(Kind kind, Generation generation, const Json &sent);

} // namespace fd::test
