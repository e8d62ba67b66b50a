// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/prefect/connectionsettings.h"
#include "models/prefect/limits.h"
#include "tests/support/fakeserver.h"

#include <QCoroTask>
#include <QTest>
#include <QTimer>

namespace fd::test {

/// Nothing in these tests takes longer on a slow machine.
inline constexpr int kDeadlineMs = 30'000;

/// The value of a task, waited for with the event loop running.
template<typename T>
T finished(QCoro::Task<T> task)
{
    QTimer deadline;
    QObject::connect(&deadline, &QTimer::timeout, &deadline, [] { qFatal("a task did not finish in time"); });
    deadline.start(kDeadlineMs);
    return QCoro::waitFor(std::move(task));
}

/// A connection to `apiUrl` without a sign-in.
inline ConnectionSettings settingsFor(const QUrl &apiUrl)
{
    ConnectionSettings settings;
    settings.apiUrl = apiUrl;
    return settings;
}

inline ConnectionSettings withKey(const QUrl &apiUrl, const QByteArray &key = "canary-key")
{
    ConnectionSettings settings = settingsFor(apiUrl);
    settings.auth = ConnectionSettings::Auth::ApiKey;
    settings.secret = Secret(key);
    return settings;
}

/// Pauses of milliseconds, so that retries take no time; deadlines stay long.
inline Limits quickLimits()
{
    Limits limits;
    limits.firstPause = std::chrono::milliseconds(5);
    limits.longestFeedPause = std::chrono::milliseconds(40);
    limits.bisectPause = std::chrono::milliseconds(0);
    return limits;
}

} // namespace fd::test
