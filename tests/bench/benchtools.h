// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QString>

#include <functional>
#include <vector>

namespace fd::bench {

/// One line of the table.
struct Figure {
    QString id;
    /// What is measured, and against what.
    QString what;
    QString against;
    double ratio = 0;
    double bar = 0;
    /// The ratio must reach the bar ("50 times faster") instead of staying below it.
    bool atLeast = false;
};
/// Prints it as a line of JSON on stdout.
void report(const Figure &figure);

[[nodiscard]] double median(std::vector<double> values);
/// What a call takes, in milliseconds.
[[nodiscard]] double millisecondsOf(const std::function<void()> &call);
/// The median of `pairs` ratios first() / second(), which answer milliseconds. They take turns, and which one comes
/// first alternates, so that a machine that changes its speed changes both.
[[nodiscard]] double medianRatio(
    int pairs, const std::function<double()> &first, const std::function<double()> &second);
/// Says on stderr what a figure was made from.
void note(const QString &text);

} // namespace fd::bench
