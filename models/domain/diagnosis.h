// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/error.h"

#include <QList>
#include <QUrl>

#include <optional>

namespace fd {

/// One step of finding out whether an address is a Prefect API, with what it took and what it found.
struct DiagnosisStep {
    enum class Kind : quint8 { Address, Name, Connection, SignIn, Version };
    Kind kind = Kind::Address;
    bool passed = false;
    qint64 tookUs = 0;
    /// What was found, or what is wrong and what to do about it, as one sentence.
    QString detail;
};

/// The outcome of PrefectClient::diagnose: the steps that were tried, the last of them failed unless all passed.
struct Diagnosis {
    QList<DiagnosisStep> steps;
    /// "Prefect 3.8.8"; empty when a step failed.
    QString serverTitle;
    /// The first failure; nothing when all passed.
    std::optional<Error> error;
    /// A better address when the given one is a page's or lacks "/api"; empty otherwise.
    QUrl suggestedUrl;
};

} // namespace fd
