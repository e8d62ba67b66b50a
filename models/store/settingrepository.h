// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/connection.h"

namespace fd {

/// The workspace's own settings, which travel with its file.
class SettingRepository
{
public:
    explicit SettingRepository(Connection &connection) : m_db(connection) { }

    /// The value of a key; `fallback` when it was never set.
    [[nodiscard]] QString value(const QString &key, const QString &fallback = {});
    void setValue(const QString &key, const QString &value);

private:
    Connection &m_db;
};

/// Keys of SettingRepository.
namespace setting {
inline const QString kWorkspaceName = QStringLiteral("workspace.name");
/// Absolute path of the Python interpreter; empty means: find one.
inline const QString kPython = QStringLiteral("engine.python");
/// How many runs may be active at once.
inline const QString kConcurrencyLimit = QStringLiteral("engine.concurrency_limit");
} // namespace setting

} // namespace fd
