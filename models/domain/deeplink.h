// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringView>
#include <QUrl>
#include <QUuid>

#include <optional>

namespace fd {

/// An object that a pasted text names: a page of Prefect's own web UI of any generation or of Cloud, a flowdeck://
/// link, or a bare id.
struct DeepLink {
    enum class Kind : quint8 {
        Deployment,
        FlowRun,
        /// A bare id: whatever has it.
        Any,
    };
    Kind kind = Kind::Any;
    QUuid id;
    /// The API that the link belongs to ("http://host:4200/api"); empty when it says nothing about it.
    QUrl apiUrl;

    friend bool operator==(const DeepLink &, const DeepLink &) = default;
};

/// Reads one; nothing when the text is no such link (routes: Prefect 3 `utilities/urls.py`, Orion's UI router).
/// A link is only ever a place to go to: nothing runs by it.
[[nodiscard]] std::optional<DeepLink> deepLinkFromText(QStringView text);
/// "flowdeck://deployment/<id>?api=…", for "Copy link".
[[nodiscard]] QString toText(const DeepLink &link);
/// Whether two addresses mean one API: case of scheme and host, default ports and a last slash do not matter.
[[nodiscard]] bool isSameApi(const QUrl &a, const QUrl &b);

} // namespace fd
