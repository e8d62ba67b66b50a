// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/workspace/prefectprofiles.h"

#include "models/core/json.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QMap>

#include <toml++/toml.h>

namespace fd {
namespace {

struct Profiles {
    Q_DECLARE_TR_FUNCTIONS(fd::PrefectProfiles)
};

/// Prefect's settings by name. Those read here never had another one, from 2.0b8 to 3.8.
using Settings = QMap<QString, QByteArray>;

const QString kUrl = QStringLiteral("PREFECT_API_URL");
const QString kKey = QStringLiteral("PREFECT_API_KEY");
const QString kBasic = QStringLiteral("PREFECT_API_AUTH_STRING");
const QString kHeaders = QStringLiteral("PREFECT_CLIENT_CUSTOM_HEADERS");
const QString kCaFile = QStringLiteral("PREFECT_API_SSL_CERT_FILE");
const QString kSkipVerify = QStringLiteral("PREFECT_API_TLS_INSECURE_SKIP_VERIFY");

QByteArray valueOf(const Settings &settings, const QString &name) { return settings.value(name).trimmed(); }

/// As Pydantic reads a boolean.
bool isTrue(const QByteArray &text)
{
    const QByteArray lower = text.toLower();
    return lower == "1" || lower == "true" || lower == "t" || lower == "yes" || lower == "y" || lower == "on";
}

QString withHome(const QString &path, const QProcessEnvironment &environment)
{
    const QString home = environment.value(QStringLiteral("HOME"), QDir::homePath());
    if (path == u"~")
        return home;
    return path.startsWith(u"~/") ? home + path.mid(1) : path;
}

/// Header values may be secret; a wrong text of them is never quoted.
bool readHeaders(const QByteArray &text, ConnectionSettings &connection)
{
    const Result<Json> headers = parseJson(text);
    if (!headers || !headers->is_object())
        return false;
    for (const auto &[name, value] : headers->items()) {
        if (!value.is_string())
            return false;
        connection.headers.append({QByteArray::fromStdString(name), Secret(QByteArray::fromStdString(value))});
    }
    return true;
}

void readSignIn(const Settings &settings, PrefectProfile &profile)
{
    ConnectionSettings &connection = profile.entry.connection;
    const QByteArray key = valueOf(settings, kKey);
    const QByteArray basic = valueOf(settings, kBasic);
    if (!basic.isEmpty()) {
        // As Prefect does when both are set.
        connection.auth = ConnectionSettings::Auth::Basic;
        connection.secret = Secret(basic);
        if (!key.isEmpty())
            profile.warnings
                += Profiles::tr("It has an API key and a user with password; like Prefect, Flowdeck uses the latter.");
    } else if (!key.isEmpty()) {
        connection.auth = ConnectionSettings::Auth::ApiKey;
        connection.secret = Secret(key);
    }
    const QString host = connection.apiUrl.host();
    const bool isHere = host == u"localhost" || host == u"::1" || host.startsWith(u"127.");
    if (!connection.secret.isEmpty() && connection.apiUrl.scheme() == u"http" && !isHere)
        profile.warnings += Profiles::tr("Its key would travel unencrypted: the address is plain http.");
}

void readUrl(const Settings &settings, PrefectProfile &profile)
{
    const QByteArray text = valueOf(settings, kUrl);
    if (text.isEmpty()) {
        profile.problem
            = Profiles::tr("It has no API address: Prefect starts a private server for it, which nobody can join.");
        return;
    }
    QUrl url(QString::fromUtf8(text), QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty() || (url.scheme() != u"http" && url.scheme() != u"https")) {
        profile.problem = Profiles::tr("Its API address is no http or https address.");
        return;
    }
    if (!url.userInfo().isEmpty())
        profile.warnings += Profiles::tr("The user and password in its address are not taken over.");
    profile.entry.connection.apiUrl
        = url.adjusted(QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment | QUrl::StripTrailingSlash);
}

PrefectProfile makeProfile(const QString &name, const Settings &settings, const QProcessEnvironment &environment)
{
    PrefectProfile profile;
    profile.name = name;
    profile.entry.name = name;
    profile.entry.isServer = true;
    readUrl(settings, profile);
    readSignIn(settings, profile);
    const QByteArray headers = valueOf(settings, kHeaders);
    if (!headers.isEmpty() && !readHeaders(headers, profile.entry.connection)) {
        profile.entry.connection.headers.clear();
        profile.warnings += Profiles::tr("Its custom headers are no JSON object of texts and are not taken over.");
    }
    const QString caFile = withHome(QString::fromUtf8(valueOf(settings, kCaFile)), environment);
    profile.entry.connection.caFile = caFile;
    if (!caFile.isEmpty() && !QFile::exists(caFile))
        profile.warnings += Profiles::tr("Its certificate file %1 is not there.").arg(caFile);
    if (isTrue(valueOf(settings, kSkipVerify)))
        profile.warnings += Profiles::tr(
            "It switches the check of certificates off. Flowdeck always checks: choose a CA file if that fails.");
    return profile;
}

/// A value as the text that an environment variable would have.
QByteArray textOf(const toml::node &node)
{
    if (const auto text = node.value<std::string>())
        return QByteArray::fromStdString(*text);
    if (node.is_boolean())
        return node.value_or(false) ? "true" : "false";
    if (const auto number = node.value<qint64>())
        return QByteArray::number(*number);
    if (const auto *table = node.as_table()) {
        Json object = Json::object();
        for (const auto &[key, value] : *table)
            object[std::string(key.str())] = textOf(value).toStdString();
        return toJsonText(object);
    }
    return {};
}

Settings settingsOf(const toml::table &table)
{
    Settings settings;
    for (const auto &[key, value] : table)
        settings.insert(QString::fromUtf8(key.str().data(), static_cast<qsizetype>(key.str().size())), textOf(value));
    return settings;
}

Settings settingsOf(const QProcessEnvironment &environment)
{
    Settings settings;
    for (const QString &name : environment.keys()) {
        if (name.startsWith(u"PREFECT_"))
            settings.insert(name, environment.value(name).toUtf8());
    }
    return settings;
}

/// toml++ quotes what it stumbled over, which may be a key: only the place is told.
Error notToml(const QString &path, const toml::parse_error &error)
{
    return {.kind = ErrorKind::Parse,
        .detail = Profiles::tr("Prefect's profiles cannot be read: this is not TOML."),
        .field = {},
        .file = path,
        .line = static_cast<int>(error.source().begin.line),
        .column = static_cast<int>(error.source().begin.column)};
}

void readFile(PrefectProfiles &found, const QProcessEnvironment &environment)
{
    constexpr qint64 kLargest = 4 * 1024 * 1024;
    QFile file(found.path);
    if (!QFileInfo(file).isFile())
        return;
    if (!file.open(QIODevice::ReadOnly)) {
        found.error = Error{.kind = ErrorKind::Storage,
            .detail = Profiles::tr("Prefect's profiles cannot be read: %1.").arg(file.errorString()),
            .field = {},
            .file = found.path};
        return;
    }
    const QByteArray text = file.read(kLargest);
    try {
        const toml::table table = toml::parse(std::string_view(text.constData(), static_cast<size_t>(text.size())));
        const QString active = environment.contains(QStringLiteral("PREFECT_PROFILE"))
            ? environment.value(QStringLiteral("PREFECT_PROFILE"))
            : QString::fromStdString(table["active"].value_or(std::string()));
        const bool othersRead = file.permissions() & (QFile::ReadGroup | QFile::ReadOther);
        const toml::table *profiles = table["profiles"].as_table();
        if (profiles == nullptr)
            return;
        for (const auto &[name, node] : *profiles) {
            const toml::table *settings = node.as_table();
            if (settings == nullptr)
                continue;
            const QString title = QString::fromUtf8(name.str().data(), static_cast<qsizetype>(name.str().size()));
            PrefectProfile profile = makeProfile(title, settingsOf(*settings), environment);
            profile.active = title == active;
            if (othersRead && !profile.entry.connection.secret.isEmpty())
                profile.warnings
                    += Profiles::tr("Other users of this computer can read its key in %1.").arg(found.path);
            found.profiles += profile;
        }
    } catch (const toml::parse_error &error) {
        found.error = notToml(found.path, error);
    }
}

} // namespace

QString prefectProfilesPath(const QProcessEnvironment &environment)
{
    const QString named = environment.value(QStringLiteral("PREFECT_PROFILES_PATH"));
    const QString folder = environment.value(QStringLiteral("PREFECT_HOME"));
    const QString home = withHome(folder.isEmpty() ? QStringLiteral("~/.prefect") : folder, environment);
    if (named.isEmpty())
        return QDir(home).filePath(QStringLiteral("profiles.toml"));
    // 2.x wrote it as a template.
    return withHome(
        QString(named).replace(QStringLiteral("${PREFECT_HOME}"), home).replace(QStringLiteral("$PREFECT_HOME"), home),
        environment);
}

PrefectProfiles readPrefectProfiles(const QProcessEnvironment &environment)
{
    PrefectProfiles found;
    found.path = prefectProfilesPath(environment);
    readFile(found, environment);
    const Settings variables = settingsOf(environment);
    if (!valueOf(variables, kUrl).isEmpty()) {
        // What runs in this environment would use it before any profile.
        for (PrefectProfile &profile : found.profiles)
            profile.active = false;
        PrefectProfile profile = makeProfile(Profiles::tr("environment"), variables, environment);
        profile.active = true;
        profile.fromEnvironment = true;
        found.profiles.prepend(profile);
    }
    return found;
}

} // namespace fd
