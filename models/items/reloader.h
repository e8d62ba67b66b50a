// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QTimer>

#include <functional>

namespace fd {

/// Paces something that is read again and again: one read at a time, and reads that merely follow changes keep a
/// distance of at least 250 ms and ten times what the last one took.
class Reloader : public QObject
{
    Q_OBJECT

public:
    /// `start` begins a read and has `ended()` called when it has ended.
    explicit Reloader(std::function<void()> start, QObject *parent = nullptr);

    /// Reads as soon as no other read is under way: the user waits for it.
    void requestNow();
    /// Reads when the last read is long enough ago.
    void request();
    /// The read that `start` began has ended; another one begins when it was asked for meanwhile.
    void ended();
    /// Whether nothing is under way and nothing was asked for.
    [[nodiscard]] bool isIdle() const { return !m_running && m_wanted == Wanted::No; }

private:
    enum class Wanted { No, Paced, Now };
    void proceed();

    std::function<void()> m_start;
    QTimer m_timer;
    QElapsedTimer m_since;
    qint64 m_pauseMs = 0;
    Wanted m_wanted = Wanted::No;
    bool m_running = false;
};

} // namespace fd
