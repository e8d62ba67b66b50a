// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/logging.h"

namespace fd {

Q_LOGGING_CATEGORY(logStore, "flowdeck.store", QtWarningMsg)
Q_LOGGING_CATEGORY(logEngine, "flowdeck.engine", QtWarningMsg)
Q_LOGGING_CATEGORY(logSync, "flowdeck.sync", QtWarningMsg)
Q_LOGGING_CATEGORY(logApp, "flowdeck.app", QtWarningMsg)

} // namespace fd
