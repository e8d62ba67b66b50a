// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QUrl>

namespace fd {

/// Whether the host is this computer: its requests stay in it.
[[nodiscard]] bool isLoopback(const QUrl &url);
/// Whether both have the same scheme, host and port, so that credentials for one may go to the other.
[[nodiscard]] bool isSameOrigin(const QUrl &a, const QUrl &b);
/// "host:port" for sentences.
[[nodiscard]] QString hostAndPort(const QUrl &url);
/// The address without user, query and fragment, any of which may hold a secret.
[[nodiscard]] QString toSentence(const QUrl &url);

/// Whether the address is a workspace of Prefect Cloud (…/accounts/<id>/workspaces/<id>), on whatever host.
[[nodiscard]] bool isCloudWorkspace(const QUrl &apiUrl);
/// The server's own pages of an API address (prefect-3 §1.1).
[[nodiscard]] QUrl uiUrlOf(const QUrl &apiUrl);

/// API addresses that may have been meant by one that is none, the likeliest first: a page's address, one without
/// "/api", one with too much behind it. Empty when there is no better guess.
[[nodiscard]] QList<QUrl> likelyApiUrls(const QUrl &given);

} // namespace fd
