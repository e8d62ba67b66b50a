// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <chrono>

namespace fd {

/// How long a client waits for a server and how much it takes from it. The defaults are for real servers; tests
/// shorten them.
struct Limits {
    /// Until the request has left: name, connection, TLS.
    std::chrono::milliseconds connect = std::chrono::seconds(10);
    /// Without a single byte. A page of a busy server takes 30 s.
    std::chrono::milliseconds idle = std::chrono::seconds(35);
    /// From sending to the last byte, however steadily they drip. Waiting for a turn and between retries is extra.
    std::chrono::milliseconds total = std::chrono::seconds(60);
    /// The same for the requests that find out what a server is.
    std::chrono::milliseconds probe = std::chrono::seconds(15);
    qint64 answerBytes = 64 * 1024 * 1024;
    /// Rows of one answer.
    int answerRows = 10'000;
    /// Prefect 3 on SQLite answers 503 under modest parallel load.
    int inFlight = 4;
    /// How often a read is sent again (prefect-3 §1.7).
    int retries = 5;
    /// The first pause between two tries, of requests and of the event feed; it doubles each time.
    std::chrono::milliseconds firstPause = std::chrono::seconds(1);
    /// The longest wait that a server may ask for with Retry-After.
    std::chrono::milliseconds longestRetryAfter = std::chrono::minutes(10);
    /// The longest pause of the event feed.
    std::chrono::milliseconds longestFeedPause = std::chrono::seconds(60);
    /// Between two pings of the event feed; a connection without a sign of life for so long is dead.
    std::chrono::milliseconds ping = std::chrono::seconds(20);
    /// Between the requests that look for the row that makes a page fail.
    std::chrono::milliseconds bisectPause = std::chrono::milliseconds(50);
};

} // namespace fd
