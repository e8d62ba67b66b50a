// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"

#include <QFuture>
#include <QObject>

#include <functional>

namespace QKeychain {
class Job;
}

namespace fd {

/// The system's keychain (Secret Service, KWallet). Every question has an answer within the patience, whatever the
/// service does; nothing is ever written anywhere else. Lives in the GUI thread and never holds it up.
class Keychain : public QObject
{
    Q_OBJECT

public:
    static constexpr int kPatienceMs = 5'000;

    /// Items are filed under `service`.
    explicit Keychain(
        const QString &service = QStringLiteral("flowdeck"), int patienceMs = kPatienceMs, QObject *parent = nullptr);

    /// An item's text. Errors: NotFound when there is none, Storage when the keychain does not give it.
    [[nodiscard]] QFuture<Result<QByteArray>> read(const QString &key);
    /// Stores or replaces an item; `text` is UTF-8. Error: Storage.
    [[nodiscard]] QFuture<Result<void>> write(const QString &key, const QByteArray &text);
    /// Removes an item; none is no error. Error: Storage.
    [[nodiscard]] QFuture<Result<void>> remove(const QString &key);

signals:
    /// An item was stored after its question had been given up, as when a person took a while to unlock the keychain.
    void writtenLate(const QString &key, const QByteArray &text);

private:
    template<typename T>
    struct Question;

    template<typename T, typename Take>
    [[nodiscard]] QFuture<Result<T>> ask(QKeychain::Job *job, const QString &key, Take take);

    QString m_service;
    int m_patienceMs;
    /// Questions that were given up and are still with the service; they stand in the way of every other.
    int m_unanswered = 0;
};

} // namespace fd
