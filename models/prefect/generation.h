// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace fd {

/// A family of servers that speak alike.
enum class Generation : quint8 { Orion, Prefect2, Prefect3 };

} // namespace fd
