// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>

namespace fd {

/// Context of the sentences about schedules, for translators.
class ScheduleText
{
    Q_DECLARE_TR_FUNCTIONS(fd::Schedule)
};

} // namespace fd
