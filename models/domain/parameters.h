// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/json.h"

#include <QStringList>

namespace fd {

/// `overlay`'s top-level keys over `base`, as a server composes a run's parameters (orion `create_flow_run`).
/// Both are compact JSON objects. Error: Parse or Validation when one is no JSON object.
[[nodiscard]] Result<QByteArray> mergeParameters(const QByteArray &base, const QByteArray &overlay);

/// Names that `schema` requires and `parameters` does not give, in the schema's order.
[[nodiscard]] QStringList missingParameters(const QByteArray &schema, const QByteArray &parameters);

/// One parameter of a flow as people read it.
struct ParameterInfo {
    QString name;
    /// "integer", "text or null", "one of eu, us" …, in schema words: views translate nothing here.
    QString typeText;
    bool required = false;
    /// Compact JSON; empty when there is none.
    QByteArray defaultValue;
    /// What the deployment sets; empty when it leaves the default.
    QByteArray value;
};
/// The schema's parameters in signature order, then what the deployment sets beyond it.
[[nodiscard]] QList<ParameterInfo> describeParameters(const QByteArray &schema, const QByteArray &parameters);
/// How many that would be, without building them.
[[nodiscard]] int countParameters(const QByteArray &schema, const QByteArray &parameters);

} // namespace fd
