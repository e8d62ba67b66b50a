// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/prefect/answers.h"
#include "models/prefect/codec.h"
#include "models/prefect/serverinfo.h"
#include "models/prefect/transport.h"

#include <QCoroFuture>
#include <QtConcurrent>

namespace fd {

/// What the requests of one client share; it lives as long as any of them.
struct ServerLink {
    std::shared_ptr<Transport> transport;
    ServerInfo info;

    [[nodiscard]] const QUrl &url() const { return transport->factory().settings().apiUrl; }
};

/// A list of a server: where it is, what is posted for a part of it, and what its rows mean.
template<typename T>
struct PageRoute {
    QByteArray path;
    std::function<QByteArray(PageRange)> body;
    std::function<Result<T>(const QByteArray &)> decode;
};

/// Bodies above this are decoded in another thread: it takes the GUI's a millisecond or more.
inline constexpr qsizetype kLargeBody = 32 * 1024;

/// The values of a good answer; an Error for every other.
template<typename T>
QCoro::Task<Result<T>> decoded(
    std::shared_ptr<ServerLink> link, Answer answer, std::function<Result<T>(const QByteArray &)> decode)
{
    const Result<Reply> reply = toResult(answer, link->url());
    if (!reply)
        co_return fail(reply.error());
    const QByteArray body = reply->body;
    if (body.size() < kLargeBody)
        co_return decode(body);
    // Handed over by pointer: a future copies its value.
    const auto work = QtConcurrent::run([decode, body] { return std::make_shared<Result<T>>(decode(body)); });
    const std::shared_ptr<Result<T>> values = co_await work;
    if (link->transport->isShutDown())
        co_return fail(cancelledRequest().value().error);
    co_return std::move(*values);
}

/// One object, or a list without parts, by GET.
template<typename T>
QCoro::Task<Result<T>> fetchOne(
    std::shared_ptr<ServerLink> link, QByteArray path, std::function<Result<T>(const QByteArray &)> decode)
{
    Request request;
    request.path = path;
    const Answer answer = co_await link->transport->send(request);
    co_return co_await decoded<T>(link, answer, decode);
}

/// What a page's rows mean, with what only the answer knows.
template<typename T>
QCoro::Task<Result<Page<T>>> decodedPage(std::shared_ptr<ServerLink> link, Answer answer, PageRoute<Page<T>> route)
{
    Result<Page<T>> page = co_await decoded<Page<T>>(link, answer, route.decode);
    if (!page)
        co_return page;
    if (page->received > link->transport->limits().answerRows)
        co_return fail(ErrorKind::Parse,
            Transport::tr("The server sent %1 rows where %2 is the most.")
                .arg(page->received)
                .arg(link->info.pageLimit));
    page->serverTime = answer->serverTime;
    co_return page;
}

template<typename T>
QCoro::Task<Answer> askForPart(std::shared_ptr<ServerLink> link, PageRoute<T> route, PageRange range)
{
    Request request;
    request.path = route.path;
    request.body = route.body(range);
    co_return co_await link->transport->send(request);
}

/// Reads a page that the server can't give as a whole because a row in it makes it fail (prefect-3 T51), by halves
/// down to those rows. `failure` is the answer for the whole.
template<typename T>
QCoro::Task<Result<Page<T>>> bisectPage(
    std::shared_ptr<ServerLink> link, PageRoute<Page<T>> route, PageRange range, Answer failure)
{
    // A server that fails without any row as well has another trouble.
    const Answer empty = co_await askForPart(link, route, PageRange{.offset = range.offset, .limit = 0});
    if (!empty)
        co_return fail(empty.error().error);
    if (empty->status != 200)
        co_return fail(toResult(failure, link->url()).error());
    Page<T> whole;
    std::vector<PageRange> parts{range};
    bool isKnownToFail = true;
    while (!parts.empty()) {
        const PageRange part = parts.back();
        parts.pop_back();
        Answer answer = failure;
        if (!std::exchange(isKnownToFail, false) || part.limit == 1)
            answer = co_await askForPart(link, route, part);
        if (answer && answer->status == 500) {
            const QFuture<bool> pause = link->transport->sleep(link->transport->limits().bisectPause);
            if (!co_await pause)
                co_return fail(cancelledRequest().value().error);
            if (part.limit == 1) {
                whole.unreadable.push_back({.id = {},
                    .field = {},
                    .detail
                    = Transport::tr("Row %1 of the list makes the server fail; it can only be reached by its id.")
                          .arg(part.offset + 1)});
                ++whole.received;
                continue;
            }
            const int half = part.limit / 2;
            parts.push_back({.offset = part.offset + half, .limit = part.limit - half});
            parts.push_back({.offset = part.offset, .limit = half});
            continue;
        }
        Result<Page<T>> page = co_await decodedPage<T>(link, answer, route);
        if (!page)
            co_return page;
        std::move(page->rows.begin(), page->rows.end(), std::back_inserter(whole.rows));
        std::move(page->unreadable.begin(), page->unreadable.end(), std::back_inserter(whole.unreadable));
        whole.received += page->received;
        whole.serverTime = page->serverTime;
        // The list ends here; what is left of the range lies behind it.
        if (page->received < part.limit)
            break;
    }
    co_return whole;
}

/// One page of a list. A limit above the server's is lowered to it, for later pages too; a row that makes the server
/// fail hides only itself.
template<typename T>
QCoro::Task<Result<Page<T>>> fetchPage(std::shared_ptr<ServerLink> link, PageRoute<Page<T>> route, PageRange range)
{
    range.limit = std::min(range.limit, link->info.pageLimit);
    Answer answer = co_await askForPart(link, route, range);
    while (answer && answer->status == 422) {
        const int lower = lowerLimit(*answer, range.limit);
        if (lower == 0)
            break;
        range.limit = lower;
        link->info.pageLimit = std::min(link->info.pageLimit, lower);
        answer = co_await askForPart(link, route, range);
    }
    if (answer && answer->status == 500 && range.limit > 0)
        co_return co_await bisectPage<T>(link, route, range, answer);
    co_return co_await decodedPage<T>(link, answer, route);
}

/// The whole list, page by page.
template<typename T>
QCoro::Task<Result<Page<T>>> fetchAll(std::shared_ptr<ServerLink> link, PageRoute<Page<T>> route)
{
    Page<T> whole;
    for (;;) {
        const PageRange range{.offset = whole.received, .limit = link->info.pageLimit};
        Result<Page<T>> page = co_await fetchPage<T>(link, route, range);
        if (!page)
            co_return page;
        std::move(page->rows.begin(), page->rows.end(), std::back_inserter(whole.rows));
        std::move(page->unreadable.begin(), page->unreadable.end(), std::back_inserter(whole.unreadable));
        whole.received += page->received;
        whole.serverTime = page->serverTime;
        if (page->received < link->info.pageLimit || whole.received > link->transport->limits().answerRows)
            co_return whole;
    }
}

} // namespace fd
