// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/settings/keychain.h"

#include <QPointer>
#include <QPromise>
#include <QTimer>

#include <qt6keychain/keychain.h>

#include <memory>

namespace fd {
namespace {

Error storageError(const QString &sentence)
{
    return {.kind = ErrorKind::Storage, .detail = sentence, .field = {}, .file = {}};
}

Error errorOf(const QKeychain::Job &job)
{
    switch (job.error()) {
    case QKeychain::EntryNotFound:
        return {.kind = ErrorKind::NotFound,
            .detail = Keychain::tr("The system keychain has no such item."),
            .field = {},
            .file = {}};
    case QKeychain::AccessDenied:
    case QKeychain::AccessDeniedByUser:
        return storageError(Keychain::tr("The system keychain refused access. Unlock it and try again."));
    case QKeychain::NoBackendAvailable:
    case QKeychain::NotImplemented:
        return storageError(Keychain::tr("This computer has no keychain service."));
    default:
        return storageError(Keychain::tr("The system keychain failed: %1").arg(job.errorString()));
    }
}

Error noAnswer() { return storageError(Keychain::tr("The system keychain does not answer. Unlock it and try again.")); }

} // namespace

/// One answer, by whoever comes first: the service or the timer.
template<typename T>
struct Keychain::Question {
    QPromise<Result<T>> promise;
    bool answered = false;

    void answer(Result<T> result)
    {
        answered = true;
        promise.addResult(std::move(result));
        promise.finish();
    }
};

Keychain::Keychain(const QString &service, int patienceMs, QObject *parent)
    : QObject(parent), m_service(service), m_patienceMs(patienceMs)
{
}

template<typename T, typename Take>
QFuture<Result<T>> Keychain::ask(QKeychain::Job *job, const QString &key, Take take)
{
    auto question = std::make_shared<Question<T>>();
    question->promise.start();
    QFuture<Result<T>> future = question->promise.future();
    if (m_unanswered > 0) {
        // QtKeychain asks one after the other: this one would only wait behind those.
        delete job;
        question->answer(fail(noAnswer()));
        return future;
    }
    job->setInsecureFallback(false);
    job->setKey(key);
    // The job ends itself when the service answers; before that the service still holds it.
    auto *timer = new QTimer(job);
    timer->setSingleShot(true);
    const QPointer<Keychain> self(this);
    QObject::connect(timer, &QTimer::timeout, job, [self, question] {
        if (self)
            ++self->m_unanswered;
        question->answer(fail(noAnswer()));
    });
    QObject::connect(job, &QKeychain::Job::finished, job, [self, question, timer, take](QKeychain::Job *done) {
        timer->stop();
        const bool late = question->answered;
        if (late && self)
            --self->m_unanswered;
        Result<T> result = take(*done, late);
        if (!late)
            question->answer(std::move(result));
    });
    timer->start(m_patienceMs);
    job->start();
    return future;
}

QFuture<Result<QByteArray>> Keychain::read(const QString &key)
{
    auto *job = new QKeychain::ReadPasswordJob(m_service);
    return ask<QByteArray>(job, key, [job](const QKeychain::Job &done, bool) -> Result<QByteArray> {
        if (done.error() != QKeychain::NoError)
            return fail(errorOf(done));
        return job->textData().toUtf8();
    });
}

QFuture<Result<void>> Keychain::write(const QString &key, const QByteArray &text)
{
    auto *job = new QKeychain::WritePasswordJob(m_service);
    job->setTextData(QString::fromUtf8(text));
    const QPointer<Keychain> self(this);
    return ask<void>(job, key, [self, key, text](const QKeychain::Job &done, bool late) -> Result<void> {
        if (done.error() != QKeychain::NoError)
            return fail(errorOf(done));
        if (late && self)
            emit self->writtenLate(key, text);
        return {};
    });
}

QFuture<Result<void>> Keychain::remove(const QString &key)
{
    auto *job = new QKeychain::DeletePasswordJob(m_service);
    return ask<void>(job, key, [](const QKeychain::Job &done, bool) -> Result<void> {
        if (done.error() != QKeychain::NoError && done.error() != QKeychain::EntryNotFound)
            return fail(errorOf(done));
        return {};
    });
}

} // namespace fd
