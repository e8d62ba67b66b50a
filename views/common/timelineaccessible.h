// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace fd {

/// Lets assistive technology read a Timeline as a list of rows. Safe to call again.
void installTimelineAccessibility();

} // namespace fd
