// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/prefect/exchange.h"

namespace fd {

/// Whether it is a page for people: a portal's, a proxy's, or the server's own.
[[nodiscard]] bool isWebPage(const Reply &reply);
/// A good answer that may be JSON; everything else as the Error it means. `url` names the server in it.
[[nodiscard]] Result<Reply> toResult(const Answer &answer, const QUrl &url);

/// The smaller page that a 422 about the limit allows: the number it names, else half of `limit`. 0 when the 422 is
/// about something else (prefect-3 T24).
[[nodiscard]] int lowerLimit(const Reply &reply, int limit);

} // namespace fd
