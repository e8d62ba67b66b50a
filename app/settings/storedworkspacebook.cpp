// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/settings/storedworkspacebook.h"

#include "models/core/json.h"

#include <QCoroFuture>
#include <QDir>
#include <QFile>
#include <QPointer>
#include <QUuid>

#include <algorithm>

namespace fd {
namespace {

const QString kOrder = QStringLiteral("workspaces/order");

QString keyOf(const QString &id, const char *field)
{
    return QStringLiteral("workspaces/%1/%2").arg(id, QLatin1String(field));
}

/// The file's name for people who look into the folder.
QString slugOf(const QString &name)
{
    constexpr qsizetype kLongest = 40;
    QString slug;
    for (const QChar c : name.normalized(QString::NormalizationForm_KD).toLower()) {
        if ((c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9'))
            slug += c;
        else if (!slug.isEmpty() && !slug.endsWith(u'-') && c.category() != QChar::Mark_NonSpacing)
            slug += u'-';
    }
    slug = slug.left(kLongest);
    while (slug.endsWith(u'-'))
        slug.chop(1);
    return slug.isEmpty() ? QStringLiteral("workspace") : slug;
}

/// An address may carry a password in several places; none of them belongs into a file.
QUrl withoutSecrets(const QUrl &url)
{
    return url.adjusted(QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment | QUrl::StripTrailingSlash);
}

WorkspaceEntry withoutSecrets(WorkspaceEntry entry)
{
    entry.connection.apiUrl = withoutSecrets(entry.connection.apiUrl);
    entry.connection.secret = {};
    for (auto &header : entry.connection.headers)
        header.second = {};
    return entry;
}

QByteArray secretsText(const ConnectionSettings &settings)
{
    const auto text = [](const QByteArray &bytes) { return Json(bytes.toStdString()); };
    Json secrets = Json::object();
    if (!settings.secret.isEmpty())
        secrets["secret"] = text(settings.secret.reveal());
    Json headers = Json::object();
    for (const auto &[name, value] : settings.headers) {
        if (!value.isEmpty())
            headers[name.toStdString()] = text(value.reveal());
    }
    if (!headers.empty())
        secrets["headers"] = headers;
    return secrets.empty() ? QByteArray() : toJsonText(secrets);
}

void addSecrets(ConnectionSettings &settings, const QByteArray &text)
{
    const Result<Json> secrets = parseJson(text);
    if (!secrets)
        return;
    settings.secret = Secret(QByteArray::fromStdString(textOf(*secrets, "secret")));
    const Json &headers = memberOf(*secrets, "headers");
    for (auto &[name, value] : settings.headers)
        value = Secret(QByteArray::fromStdString(textOf(headers, name.constData())));
}

/// QSettings would make it readable for everybody, as far as the umask lets it.
void keepToOwner(const QString &path)
{
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    if (!file.exists() && file.open(QIODevice::WriteOnly | QIODevice::NewOnly))
        file.close();
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
}

} // namespace

StoredWorkspaceBook::StoredWorkspaceBook(Keychain &keychain, const QString &folder, QObject *parent)
    : StoredWorkspaceBook(keychain, folder,
        QSettings(QSettings::IniFormat, QSettings::UserScope, QStringLiteral("flowdeck"), QStringLiteral("flowdeck"))
            .fileName(),
        parent)
{
}

StoredWorkspaceBook::StoredWorkspaceBook(
    Keychain &keychain, const QString &folder, const QString &settingsFile, QObject *parent)
    : WorkspaceBook(parent), m_keychain(keychain), m_folder(folder), m_settings(settingsFile, QSettings::IniFormat)
{
    keepToOwner(settingsFile);
    load();
    connect(&keychain, &Keychain::writtenLate, this, [this](const QString &id, const QByteArray &secrets) {
        if (!find(id)) {
            static_cast<void>(m_keychain.remove(id));
        } else if (m_session.value(id) == secrets) {
            m_session.remove(id);
            setInKeychain(id, true);
            emit changed();
        }
    });
}

void StoredWorkspaceBook::load()
{
    // Another Flowdeck may have added its own.
    m_settings.sync();
    m_entries.clear();
    const auto value = [this](const QString &id, const char *field) { return m_settings.value(keyOf(id, field)); };
    for (const QString &id : m_settings.value(kOrder).toStringList()) {
        WorkspaceEntry entry;
        entry.id = id;
        entry.name = value(id, "name").toString();
        entry.isServer = value(id, "server").toBool();
        entry.storePath = value(id, "file").toString();
        entry.colour = value(id, "colour").toInt();
        const int protection = value(id, "protection").toInt();
        entry.protection = protection > static_cast<int>(Protection::ReadOnly) || protection < 0
            ? Protection::ReadOnly
            : static_cast<Protection>(protection);
        entry.refreshSeconds = std::max(1, m_settings.value(keyOf(id, "refresh"), entry.refreshSeconds).toInt());
        entry.keptDays = std::max(1, m_settings.value(keyOf(id, "kept_days"), entry.keptDays).toInt());
        ConnectionSettings &connection = entry.connection;
        connection.apiUrl = QUrl(value(id, "address").toString());
        connection.auth = static_cast<ConnectionSettings::Auth>(std::clamp(value(id, "sign_in").toInt(), 0, 2));
        for (const QString &name : value(id, "headers").toStringList())
            connection.headers.append({name.toUtf8(), Secret()});
        connection.caFile = value(id, "ca_file").toString();
        connection.clientCertificateFile = value(id, "client_certificate").toString();
        connection.clientKeyFile = value(id, "client_key_file").toString();
        connection.secretOverPlainHttp = value(id, "plain_http").toBool();
        m_entries.append(entry);
    }
}

void StoredWorkspaceBook::save(const WorkspaceEntry &entry)
{
    const auto set = [this, &entry](const char *field, const QVariant &value) {
        m_settings.setValue(keyOf(entry.id, field), value);
    };
    set("name", entry.name);
    set("server", entry.isServer);
    set("file", entry.storePath);
    set("colour", entry.colour);
    set("protection", static_cast<int>(entry.protection));
    set("refresh", entry.refreshSeconds);
    set("kept_days", entry.keptDays);
    QStringList headers;
    for (const auto &header : entry.connection.headers)
        headers += QString::fromUtf8(header.first);
    set("address", entry.connection.apiUrl.toString());
    set("sign_in", static_cast<int>(entry.connection.auth));
    set("headers", headers);
    set("ca_file", entry.connection.caFile);
    set("client_certificate", entry.connection.clientCertificateFile);
    set("client_key_file", entry.connection.clientKeyFile);
    set("plain_http", entry.connection.secretOverPlainHttp);
}

void StoredWorkspaceBook::saveOrder()
{
    QStringList order;
    for (const WorkspaceEntry &entry : std::as_const(m_entries))
        order += entry.id;
    m_settings.setValue(kOrder, order);
    m_settings.sync();
    keepToOwner(m_settings.fileName());
}

QString StoredWorkspaceBook::add(WorkspaceEntry entry)
{
    load();
    entry = withoutSecrets(std::move(entry));
    if (entry.id.isEmpty())
        entry.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    if (entry.storePath.isEmpty())
        entry.storePath
            = QDir(m_folder).filePath(QStringLiteral("%1-%2.flowdeck").arg(slugOf(entry.name), entry.id.left(8)));
    m_entries.append(entry);
    save(entry);
    saveOrder();
    emit changed();
    return entry.id;
}

void StoredWorkspaceBook::update(const WorkspaceEntry &entry)
{
    const auto known = std::find_if(m_entries.begin(), m_entries.end(),
        [&entry](const WorkspaceEntry &candidate) { return candidate.id == entry.id; });
    if (known == m_entries.end())
        return;
    WorkspaceEntry next = withoutSecrets(entry);
    if (next == *known)
        return;
    *known = std::move(next);
    save(*known);
    m_settings.sync();
    emit changed();
}

void StoredWorkspaceBook::remove(const QString &id)
{
    load();
    if (!find(id))
        return;
    m_entries.removeIf([&id](const WorkspaceEntry &entry) { return entry.id == id; });
    const bool kept = isInKeychain(id);
    m_settings.remove(QStringLiteral("workspaces/") + id);
    saveOrder();
    m_session.remove(id);
    if (kept)
        static_cast<void>(m_keychain.remove(id));
    emit changed();
}

bool StoredWorkspaceBook::isInKeychain(const QString &id) const
{
    return m_settings.value(keyOf(id, "in_keychain")).toBool();
}

void StoredWorkspaceBook::setInKeychain(const QString &id, bool kept)
{
    m_settings.setValue(keyOf(id, "in_keychain"), kept);
}

SecretsKept StoredWorkspaceBook::secretsKept(const QString &id) const
{
    if (m_session.contains(id))
        return SecretsKept::ThisSessionOnly;
    return isInKeychain(id) ? SecretsKept::Keychain : SecretsKept::None;
}

QCoro::Task<Result<ConnectionSettings>> StoredWorkspaceBook::connectionOf(QString id)
{
    const std::optional<WorkspaceEntry> entry = find(id);
    if (!entry)
        co_return fail(ErrorKind::NotFound, tr("This workspace is no longer known."));
    ConnectionSettings settings = entry->connection;
    if (m_session.contains(id)) {
        addSecrets(settings, m_session.value(id));
        co_return settings;
    }
    if (!isInKeychain(id))
        co_return settings;
    const Result<QByteArray> secrets = co_await m_keychain.read(id);
    // Without its item the server says that the key is missing, which is what has to be mended.
    if (!secrets && secrets.error().kind != ErrorKind::NotFound)
        co_return fail(secrets.error());
    if (secrets)
        addSecrets(settings, *secrets);
    co_return settings;
}

QCoro::Task<SecretsKept> StoredWorkspaceBook::keepSecrets(QString id, ConnectionSettings settings)
{
    if (!find(id))
        co_return SecretsKept::None;
    const QPointer<StoredWorkspaceBook> self(this);
    const QByteArray secrets = secretsText(settings);
    if (secrets.isEmpty()) {
        m_session.remove(id);
        const bool kept = isInKeychain(id);
        setInKeychain(id, false);
        if (kept)
            static_cast<void>(m_keychain.remove(id));
        emit changed();
        co_return SecretsKept::None;
    }
    // Good for this session from now on, whatever the keychain does.
    m_session.insert(id, secrets);
    const Result<void> written = co_await m_keychain.write(id, secrets);
    if (!self)
        co_return SecretsKept::None;
    // Newer secrets may have come meanwhile; they wait for their own answer.
    if (find(id) && m_session.value(id) == secrets) {
        setInKeychain(id, written.has_value());
        if (written)
            m_session.remove(id);
        emit changed();
    } else if (!find(id) && written) {
        static_cast<void>(m_keychain.remove(id));
    }
    co_return secretsKept(id);
}

} // namespace fd
