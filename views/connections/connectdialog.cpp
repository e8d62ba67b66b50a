// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/connections/connectdialog.h"

#include "views/common/controls.h"
#include "views/common/plaintext.h"
#include "views/common/workspacecolor.h"
#include "views/connections/colourpicker.h"
#include "views/connections/connectionform.h"
#include "views/connections/formparts.h"
#include "views/connections/protectionbar.h"
#include "views/connections/testpanel.h"

#include <QFormLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QScreen>
#include <QScrollArea>
#include <QVBoxLayout>

namespace fd {
namespace {

constexpr int kWidth = 620;

/// What may be otherwise tomorrow, without a change of the settings.
bool isUnreachable(const Diagnosis &diagnosis)
{
    return diagnosis.error
        && (diagnosis.error->kind == ErrorKind::Network || diagnosis.error->kind == ErrorKind::Timeout
            || diagnosis.error->kind == ErrorKind::Server || diagnosis.error->kind == ErrorKind::RateLimited);
}

/// The colour that the fewest workspaces have.
int rarestColour(const QList<WorkspaceEntry> &entries)
{
    std::array<int, kWorkspaceColorCount> used{};
    for (const WorkspaceEntry &entry : entries)
        ++used.at(static_cast<size_t>(std::clamp(entry.colour, 0, kWorkspaceColorCount - 1)));
    return static_cast<int>(std::min_element(used.begin(), used.end()) - used.begin());
}

} // namespace

ConnectDialog::ConnectDialog(WorkspaceBook &book, ConnectionTest test, Clock clock, QWidget *parent)
    : QDialog(parent), m_book(book), m_form(new ConnectionForm), m_name(lineField(QStringLiteral("name"))),
      m_colour(new ColourPicker), m_protection(new ProtectionBar),
      m_panel(new TestPanel(std::move(test), std::move(clock))),
      m_known(new TextLabel({}, TextRole::Small, Tone::Text2)), m_fields(new QWidget), m_scroll(new QScrollArea)
{
    setObjectName(QStringLiteral("connect"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowModality(Qt::WindowModal);
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    setWindowTitle(tr("Connect to a Prefect server"));
    setMinimumWidth(kWidth);
    m_colour->setCurrent(rarestColour(book.entries()));
    m_known->setWordWrap(true);
    m_known->hide();

    auto *body = new QWidget;
    body->setBackgroundRole(QPalette::Base);
    m_scroll->setWidget(body);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *column = new QVBoxLayout(body);
    column->setContentsMargins(metrics::kSection, metrics::kSection, metrics::kSection, metrics::kGap);
    column->setSpacing(metrics::kGap);
    column->addWidget(new TextLabel(windowTitle(), TextRole::ObjectTitle));
    column->addSpacing(metrics::kGap);
    auto *fields = new QVBoxLayout(m_fields);
    fields->setContentsMargins(0, 0, 0, 0);
    fields->setSpacing(metrics::kGap);
    fields->addWidget(m_form);
    QFormLayout *look = makeForm();
    addField(look, tr("&Name"), m_name);
    addField(look, tr("Co&lour"), m_colour);
    addField(look, tr("&Protection"), m_protection);
    fields->addLayout(look);
    column->addWidget(m_fields);
    column->addWidget(m_known);
    column->addWidget(m_panel);
    m_panel->setCompact(true);
    m_panel->hide();
    column->addStretch();
    auto *whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->setSpacing(0);
    whole->addWidget(m_scroll, 1);
    whole->addWidget(makeButtons());
    body->installEventFilter(this);
    m_form->setFocus();
    grow();

    connect(m_form, &ConnectionForm::edited, this, &ConnectDialog::forgetTest);
    connect(m_panel, &TestPanel::finished, this, &ConnectDialog::take);
    connect(m_panel, &TestPanel::addressChosen, this, [this](const QUrl &url) {
        m_form->setAddress(url);
        begin();
    });
}

QWidget *ConnectDialog::makeButtons()
{
    auto *part = new QWidget;
    auto *row = new QHBoxLayout(part);
    row->setContentsMargins(metrics::kSection, metrics::kGap, metrics::kSection, metrics::kInset);
    row->setSpacing(metrics::kGap);
    QPushButton *cancel = pushButton(tr("Cancel"));
    m_saveAnyway = pushButton(tr("Save anyway"));
    m_connect = pushButton(tr("Connect"), ButtonRole::Primary);
    cancel->setObjectName(QStringLiteral("cancel"));
    m_saveAnyway->setObjectName(QStringLiteral("save-anyway"));
    m_connect->setObjectName(QStringLiteral("connect-now"));
    m_connect->setDefault(true);
    m_saveAnyway->hide();
    row->addStretch();
    row->addWidget(cancel);
    row->addWidget(m_saveAnyway);
    row->addWidget(m_connect);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_saveAnyway, &QPushButton::clicked, this, &ConnectDialog::save);
    connect(m_connect, &QPushButton::clicked, this, &ConnectDialog::begin);
    return part;
}

void ConnectDialog::forgetTest()
{
    m_saveAnyway->hide();
    m_panel->hide();
    m_panel->reset({});
    const QUrl url = m_form->connection().apiUrl;
    const QList<WorkspaceEntry> entries = m_book.entries();
    const auto same = std::find_if(entries.begin(), entries.end(),
        [&url](const WorkspaceEntry &entry) { return entry.isServer && entry.connection.apiUrl == url; });
    m_known->setVisible(same != entries.end());
    if (same != entries.end())
        m_known->setText(tr("This server is known already, as %1.").arg(oneLine(same->name)));
    m_name->setPlaceholderText(suggestedName());
}

QString ConnectDialog::suggestedName() const { return m_form->connection().apiUrl.host(); }

void ConnectDialog::begin()
{
    const QString problem = m_form->problem();
    m_form->showProblem(problem);
    if (!problem.isEmpty()) {
        m_form->setFocus();
        return;
    }
    setBusy(true);
    m_saveAnyway->hide();
    m_panel->show();
    m_panel->run(m_form->connection());
}

void ConnectDialog::take(const Diagnosis &diagnosis)
{
    setBusy(false);
    if (!diagnosis.error) {
        save();
        return;
    }
    m_saveAnyway->setVisible(isUnreachable(diagnosis));
    m_form->setFocus();
    grow();
    m_scroll->ensureWidgetVisible(m_panel);
}

void ConnectDialog::save()
{
    m_isSaving = true;
    setBusy(true);
    m_connect->setText(tr("Saving…"));
    m_saveAnyway->setEnabled(false);
    const ConnectionSettings settings = m_form->connection();
    WorkspaceEntry entry;
    const QString name = m_name->text().trimmed();
    entry.name = name.isEmpty() ? suggestedName() : name;
    entry.isServer = true;
    entry.connection = settings;
    entry.colour = m_colour->current();
    entry.protection = m_protection->current();
    const QString id = m_book.add(entry);
    QCoro::connect(m_book.keepSecrets(id, settings), this, [this, id](SecretsKept kept) {
        emit connected(id, kept);
        accept();
    });
}

bool ConnectDialog::eventFilter(QObject *watched, QEvent *event)
{
    // A part of the form came or went; its layout is done when the event has been.
    if (watched == m_scroll->widget() && event->type() == QEvent::LayoutRequest)
        QMetaObject::invokeMethod(this, &ConnectDialog::grow, Qt::QueuedConnection);
    return QDialog::eventFilter(watched, event);
}

void ConnectDialog::grow()
{
    QWidget *body = m_scroll->widget();
    for (QLayout *part : {m_panel->layout(), m_fields->layout(), body->layout()})
        part->activate();
    const int inner = body->layout()->totalHeightForWidth(std::max(width(), kWidth));
    const int wanted = inner + m_connect->parentWidget()->sizeHint().height();
    const int most = screen()->availableGeometry().height() * 9 / 10;
    resize(std::max(width(), kWidth), std::min(most, std::max(height(), wanted)));
}

void ConnectDialog::reject()
{
    if (!m_isSaving)
        QDialog::reject();
}

void ConnectDialog::setBusy(bool busy)
{
    m_fields->setEnabled(!busy);
    m_connect->setEnabled(!busy);
    m_connect->setText(busy ? tr("Testing…") : tr("Connect"));
}

} // namespace fd
