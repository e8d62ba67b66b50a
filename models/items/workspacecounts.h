// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/changes.h"

#include <QObject>

#include <optional>

namespace fd {

class Store;

/// How many deployments and runs a workspace has, kept up to date. For the list of workspaces.
class WorkspaceCounts : public QObject
{
    Q_OBJECT

public:
    explicit WorkspaceCounts(Store &store, QObject *parent = nullptr);

    struct Counts {
        qint64 deployments = 0;
        qint64 runs = 0;
        friend bool operator==(const Counts &, const Counts &) = default;
    };
    /// Nothing until they were first read.
    [[nodiscard]] const std::optional<Counts> &counts() const { return m_counts; }

signals:
    void changed();

private:
    void onStoreChanged(const Changes &changes);
    void load();

    Store &m_store;
    std::optional<Counts> m_counts;
    bool m_loading = false;
    bool m_dirty = false;
};

} // namespace fd
