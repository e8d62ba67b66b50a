// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/connectionsettings.h"
#include "models/domain/diagnosis.h"

#include <QCoroTask>

#include <functional>

namespace fd {

/// Finds out whether a server can be used and explains why not. What the views are given; tests give their own.
using ConnectionTest = std::function<QCoro::Task<Diagnosis>(ConnectionSettings)>;

/// The one over the network: PrefectClient::diagnose with settings that include their secrets.
QCoro::Task<Diagnosis> testConnection(ConnectionSettings settings);

} // namespace fd
