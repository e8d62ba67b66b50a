// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/domain/flowrun.h"

#include <QRandomGenerator>

#include <array>

namespace fd {
namespace {

constexpr std::array kAdjectives{"amber", "brave", "brisk", "calm", "clever", "copper", "dapper", "eager", "fair",
    "fleet", "gentle", "golden", "hardy", "honest", "jolly", "keen", "lively", "loyal", "mellow", "merry", "mild",
    "neat", "nimble", "olive", "plain", "polite", "proud", "quiet", "rapid", "ripe", "rosy", "sage", "shy", "silver",
    "sober", "steady", "stoic", "sunny", "swift", "terse", "tidy", "vivid", "warm", "wise"};
constexpr std::array kAnimals{"badger", "bee", "bison", "crane", "crow", "dingo", "eel", "falcon", "ferret", "finch",
    "gecko", "hare", "heron", "ibex", "ibis", "jackal", "kite", "koala", "lark", "lemur", "lynx", "mole", "moth",
    "newt", "oryx", "otter", "owl", "panda", "puffin", "quail", "raven", "ray", "robin", "seal", "stoat", "swan",
    "tapir", "toad", "trout", "vole", "walrus", "wombat", "yak", "zebra"};

template<size_t N>
QString pick(const std::array<const char *, N> &words)
{
    return QString::fromLatin1(words[static_cast<size_t>(QRandomGenerator::global()->bounded(static_cast<int>(N)))]);
}

} // namespace

QString makeRunName() { return pick(kAdjectives) + u'-' + pick(kAnimals); }

} // namespace fd
