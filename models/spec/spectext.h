// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>

namespace fd {

/// `Spec::tr` marks and translates the sentences of this folder.
class Spec
{
    Q_DECLARE_TR_FUNCTIONS(fd::Spec)
};

} // namespace fd
