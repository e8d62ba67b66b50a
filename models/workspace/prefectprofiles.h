// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"
#include "models/workspace/workspacebook.h"

#include <QProcessEnvironment>

namespace fd {

/// A profile of Prefect's own command line, as something that Flowdeck could connect to.
struct PrefectProfile {
    QString name;
    /// The one that `prefect` uses now.
    bool active = false;
    /// Made from the PREFECT_* variables of the environment instead of the file.
    bool fromEnvironment = false;
    /// With its secrets, which are in no file of Flowdeck's yet.
    WorkspaceEntry entry;
    /// What is not as Prefect would have it, as sentences without secrets.
    QStringList warnings;
    /// Why it cannot be imported, as a sentence; empty when it can.
    QString problem;
};

/// What Prefect is set up for on this computer.
struct PrefectProfiles {
    /// The file that was read, or would have been.
    QString path;
    /// In the order of their names; the environment comes first.
    QList<PrefectProfile> profiles;
    /// The file cannot be read or is no TOML, with the place; profiles of the environment are there all the same.
    std::optional<Error> error;
};

/// Where Prefect keeps its profiles: PREFECT_PROFILES_PATH, $PREFECT_HOME/profiles.toml, ~/.prefect/profiles.toml.
[[nodiscard]] QString prefectProfilesPath(const QProcessEnvironment &environment);
/// Reads the profiles of Orion, Prefect 2 and Prefect 3 and what the environment says. Never writes. A missing file
/// has no profiles.
[[nodiscard]] PrefectProfiles readPrefectProfiles(const QProcessEnvironment &environment);

} // namespace fd
