// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/connections/connectionform.h"

#include "views/common/controls.h"
#include "views/common/style.h"
#include "views/connections/formparts.h"
#include "views/connections/headerrows.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

namespace fd {
namespace {

bool sameOrigin(const QUrl &a, const QUrl &b)
{
    const auto port = [](const QUrl &url) { return url.port(url.scheme() == u"https" ? 443 : 80); };
    return a.scheme() == b.scheme() && a.host() == b.host() && port(a) == port(b);
}

bool isThisComputer(const QString &host) { return host == u"localhost" || host == u"::1" || host.startsWith(u"127."); }

/// Rows of a form are shown or hidden with their label.
void setRowVisible(QFormLayout *form, QWidget *field, bool visible)
{
    field->setVisible(visible);
    if (QWidget *label = form->labelForField(field))
        label->setVisible(visible);
}

} // namespace

ConnectionForm::ConnectionForm(QWidget *parent)
    : QWidget(parent), m_form(makeForm()), m_address(lineField(QStringLiteral("address"))),
      m_problem(new TextLabel({}, TextRole::Small, Tone::Text2)), m_auth(new QComboBox),
      m_key(lineField(QStringLiteral("key"), true)), m_user(lineField(QStringLiteral("user"))),
      m_password(lineField(QStringLiteral("password"), true)), m_kept(new TextLabel({}, TextRole::Small, Tone::Text3)),
      m_fold(linkButton(tr("Advanced")))
{
    m_advanced = makeAdvanced();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(metrics::kGap);
    column->addLayout(m_form);
    m_address->setFont(roleFont(TextRole::Mono));
    m_address->setPlaceholderText(QStringLiteral("https://prefect.example.org/api"));
    m_auth->setObjectName(QStringLiteral("sign-in"));
    m_auth->addItem(tr("None"), static_cast<int>(ConnectionSettings::Auth::None));
    m_auth->addItem(tr("API key"), static_cast<int>(ConnectionSettings::Auth::ApiKey));
    m_auth->addItem(tr("User and password"), static_cast<int>(ConnectionSettings::Auth::Basic));
    m_problem->setWordWrap(true);
    m_problem->setObjectName(QStringLiteral("address-problem"));
    m_kept->setWordWrap(true);
    m_kept->setObjectName(QStringLiteral("kept"));
    addField(m_form, tr("API &address"), m_address);
    m_form->addRow(nullptr, m_problem);
    addField(m_form, tr("&Sign-in"), m_auth);
    addField(m_form, tr("API &key"), m_key);
    addField(m_form, tr("&User"), m_user);
    addField(m_form, tr("Pass&word"), m_password);
    m_form->addRow(nullptr, m_kept);
    m_fold->setObjectName(QStringLiteral("advanced"));
    m_fold->setCheckable(true);
    column->addWidget(m_fold, 0, Qt::AlignLeft);
    column->addWidget(m_advanced);
    m_advanced->hide();
    m_problem->hide();
    setFocusProxy(m_address);
    connect(m_fold, &QPushButton::toggled, m_advanced, &QWidget::setVisible);
    connect(m_auth, &QComboBox::activated, this, &ConnectionForm::takeEdit);
    for (QLineEdit *field : {m_address, m_key, m_user, m_password, m_caFile, m_certificate, m_certificateKey})
        connect(field, &QLineEdit::textEdited, this, &ConnectionForm::takeEdit);
    connect(m_headers, &HeaderRows::edited, this, &ConnectionForm::takeEdit);
    connect(m_plainHttp, &QCheckBox::clicked, this, &ConnectionForm::takeEdit);
    updateSignIn();
}

QWidget *ConnectionForm::makeAdvanced()
{
    auto *part = new QWidget;
    auto *column = new QVBoxLayout(part);
    column->setContentsMargins(0, 0, 0, 0);
    QFormLayout *form = makeForm();
    column->addLayout(form);
    m_headers = new HeaderRows;
    m_caFile = lineField(QStringLiteral("ca-file"));
    m_certificate = lineField(QStringLiteral("client-certificate"));
    m_certificateKey = lineField(QStringLiteral("client-key-file"));
    m_plainHttp = new QCheckBox(tr("Send the key over plain http"));
    m_plainHttp->setObjectName(QStringLiteral("plain-http"));
    m_plainHttp->setToolTip(tr("Anyone on the way can read it."));
    addField(form, tr("&Headers"), m_headers);
    addField(form, tr("CA &file"), fileField(m_caFile, tr("Choose a CA file")));
    addField(form, tr("C&ertificate"), fileField(m_certificate, tr("Choose a client certificate")));
    addField(form, tr("Its ke&y"), fileField(m_certificateKey, tr("Choose the certificate's key")));
    form->addRow(nullptr, m_plainHttp);
    return part;
}

QWidget *ConnectionForm::fileField(QLineEdit *field, const QString &title)
{
    auto *part = new QWidget;
    auto *row = new QHBoxLayout(part);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(metrics::kStep);
    QToolButton *choose = iconButton(QStringLiteral("folder-open"), title);
    row->addWidget(field, 1);
    row->addWidget(choose);
    part->setFocusProxy(field);
    field->setAccessibleName(title);
    field->setPlaceholderText(tr("PEM file"));
    connect(choose, &QToolButton::clicked, this, [this, field, title] {
        auto *dialog
            = new QFileDialog(this, title, field->text(), tr("Certificates (*.pem *.crt *.key);;All files (*)"));
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setFileMode(QFileDialog::ExistingFile);
        connect(dialog, &QFileDialog::fileSelected, this, [this, field](const QString &path) {
            field->setText(path);
            takeEdit();
        });
        dialog->open();
    });
    return part;
}

void ConnectionForm::setConnection(const ConnectionSettings &settings, SecretsKept kept)
{
    m_shown = settings;
    m_shown.secret = {};
    m_where = kept;
    m_address->setText(settings.apiUrl.toDisplayString());
    m_auth->setCurrentIndex(m_auth->findData(static_cast<int>(settings.auth)));
    for (QLineEdit *field : {m_key, m_user, m_password})
        field->clear();
    m_headers->setHeaders(settings.headers);
    m_caFile->setText(settings.caFile);
    m_certificate->setText(settings.clientCertificateFile);
    m_certificateKey->setText(settings.clientKeyFile);
    m_plainHttp->setChecked(settings.secretOverPlainHttp);
    const bool hasMore = !settings.headers.isEmpty() || !settings.caFile.isEmpty()
        || !settings.clientCertificateFile.isEmpty() || settings.secretOverPlainHttp;
    m_fold->setChecked(hasMore);
    m_isEdited = false;
    showProblem({});
    updateSignIn();
}

void ConnectionForm::setKept(SecretsKept kept)
{
    m_where = kept;
    updateSignIn();
}

void ConnectionForm::setAddress(const QUrl &url)
{
    m_address->setText(url.toDisplayString());
    takeEdit();
}

ConnectionSettings::Auth ConnectionForm::auth() const
{
    return static_cast<ConnectionSettings::Auth>(m_auth->currentData().toInt());
}

QUrl ConnectionForm::address() const
{
    QUrl url(m_address->text().trimmed(), QUrl::StrictMode);
    // A password in the address would be shown and stored with it.
    return url.adjusted(QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment | QUrl::StripTrailingSlash);
}

ConnectionSettings ConnectionForm::connection(const ConnectionSettings &known) const
{
    ConnectionSettings settings;
    settings.apiUrl = address();
    settings.auth = auth();
    const bool mayKeep = sameOrigin(known.apiUrl, settings.apiUrl);
    if (settings.auth == ConnectionSettings::Auth::ApiKey)
        settings.secret = Secret(m_key->text().trimmed().toUtf8());
    else if (settings.auth == ConnectionSettings::Auth::Basic && !(m_user->text() + m_password->text()).isEmpty())
        settings.secret = Secret((m_user->text() + u':' + m_password->text()).toUtf8());
    if (settings.auth != ConnectionSettings::Auth::None && settings.secret.isEmpty() && mayKeep
        && known.auth == settings.auth)
        settings.secret = known.secret;
    settings.headers = m_headers->headers(mayKeep ? known.headers : HeaderRows::Headers());
    settings.caFile = m_caFile->text().trimmed();
    settings.clientCertificateFile = m_certificate->text().trimmed();
    settings.clientKeyFile = m_certificateKey->text().trimmed();
    settings.secretOverPlainHttp = m_plainHttp->isChecked();
    return settings;
}

QString ConnectionForm::problem() const
{
    const QUrl url = address();
    if (m_address->text().trimmed().isEmpty())
        return tr("The address is missing.");
    if (!url.isValid() || url.host().isEmpty() || (url.scheme() != u"http" && url.scheme() != u"https"))
        return tr("An address begins with http:// or https:// and names a host.");
    return {};
}

void ConnectionForm::showProblem(const QString &problem)
{
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
    setInvalid(m_address, !problem.isEmpty());
}

void ConnectionForm::takeEdit()
{
    m_isEdited = true;
    showProblem({});
    updateSignIn();
    emit edited();
}

void ConnectionForm::updateSignIn()
{
    const auto kind = auth();
    setRowVisible(m_form, m_key, kind == ConnectionSettings::Auth::ApiKey);
    setRowVisible(m_form, m_user, kind == ConnectionSettings::Auth::Basic);
    setRowVisible(m_form, m_password, kind == ConnectionSettings::Auth::Basic);
    const bool kept = m_where != SecretsKept::None && kind == m_shown.auth && sameOrigin(m_shown.apiUrl, address());
    m_key->setPlaceholderText(kept ? tr("kept, not shown") : QString());
    m_password->setPlaceholderText(kept ? tr("kept, not shown") : QString());
    m_kept->setText(keptText());
    m_kept->setVisible(!m_kept->text().isEmpty());
    m_plainHttp->setEnabled(address().scheme() == u"http" && !isThisComputer(address().host()));
}

QString ConnectionForm::keptText() const
{
    if (auth() == ConnectionSettings::Auth::None)
        return {};
    const bool typed = !(m_key->text() + m_user->text() + m_password->text()).isEmpty();
    if (m_where != SecretsKept::None && !typed && !sameOrigin(m_shown.apiUrl, address()))
        return tr("This is another server: type the key for it.");
    if (m_where == SecretsKept::Keychain && !typed)
        return tr("It is kept in the system keychain.");
    if (m_where == SecretsKept::ThisSessionOnly && !typed)
        return tr("It is kept for this session only: no keychain took it.");
    return tr("It will be kept in the system keychain; without one, for this session only.");
}

} // namespace fd
