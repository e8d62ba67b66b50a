// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/engine/bridgeevent.h"
#include "models/engine/runrecorder.h"
#include "models/engine/spool.h"

#include <optional>

namespace fd {

/// Turns stretches of a spool into what is stored of them.
class SpoolTranslator
{
public:
    /// Without `keepOutput` what the flow prints is left out; what it logs is not.
    void setKeepOutput(bool keepOutput) { m_keepOutput = keepOutput; }

    /// What `chunk` says, whose first byte is at `offset`. Stops before the record of the ending, so that it is
    /// found again should this process die before the ending is stored.
    [[nodiscard]] RunBatch translate(QByteArrayView chunk, qint64 offset);
    /// How the process ended, once that was read.
    [[nodiscard]] const std::optional<RunEnding> &ending() const { return m_ending; }
    void forgetEnding() { m_ending.reset(); }

private:
    void take(const SpoolRecord &record, RunBatch &batch);
    void takeEvent(const SpoolRecord &record, RunBatch &batch);
    void takeOutput(const SpoolRecord &record, const QString &stream, RunBatch &batch);

    BridgeEventReader m_events;
    std::optional<RunEnding> m_ending;
    bool m_keepOutput = true;
};

} // namespace fd
