// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/benchtools.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace fd::bench {

void report(const Figure &figure)
{
    const bool holds = figure.atLeast ? figure.ratio >= figure.bar : figure.ratio <= figure.bar;
    const QJsonObject line{{QStringLiteral("id"), figure.id}, {QStringLiteral("what"), figure.what},
        {QStringLiteral("against"), figure.against}, {QStringLiteral("ratio"), std::round(figure.ratio * 1000) / 1000},
        {QStringLiteral("bar"), figure.bar}, {QStringLiteral("at_least"), figure.atLeast},
        {QStringLiteral("holds"), holds}};
    std::puts(QJsonDocument(line).toJson(QJsonDocument::Compact).constData());
    std::fflush(stdout);
}

double median(std::vector<double> values)
{
    if (values.empty())
        return 0;
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

double millisecondsOf(const std::function<void()> &call)
{
    QElapsedTimer timer;
    timer.start();
    call();
    return static_cast<double>(timer.nsecsElapsed()) / 1e6;
}

double medianRatio(int pairs, const std::function<double()> &first, const std::function<double()> &second)
{
    std::vector<double> ratios;
    std::vector<double> firsts;
    std::vector<double> seconds;
    for (int pair = 0; pair < pairs; ++pair) {
        double a = pair % 2 == 0 ? first() : 0;
        const double b = second();
        if (pair % 2 != 0)
            a = first();
        firsts.push_back(a);
        seconds.push_back(b);
        ratios.push_back(a / b);
    }
    note(QStringLiteral("%1 pairs, medians %2 and %3").arg(pairs).arg(median(firsts)).arg(median(seconds)));
    return median(ratios);
}

void note(const QString &text) { std::fprintf(stderr, "  %s\n", qPrintable(text)); }

} // namespace fd::bench
